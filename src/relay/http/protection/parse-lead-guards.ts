import { isRecord } from '../../../providers/core/json.ts'

/** The name of the field that no person sees, in a lead and in a plain HTML form. Senders that fill in everything know it. */
export const hiddenFieldName = 'website'

/** What a lead carries for its protection alone. It is not stored. */
export interface LeadGuards {
  readonly hiddenField: string | undefined
  /** A solved challenge. */
  readonly challenge: string | undefined
}

/** Reads what a posted lead carries for its protection. What is no text is ignored. */
export function parseLeadGuards(candidate: unknown): LeadGuards {
  const { challenge, [hiddenFieldName]: hiddenField } = isRecord(candidate) ? candidate : {}
  return {
    challenge: typeof challenge === 'string' ? challenge : undefined,
    hiddenField: typeof hiddenField === 'string' ? hiddenField : undefined,
  }
}
