import { createHash } from 'node:crypto'
import { checkValue } from '../../../fields/field-kind.ts'
import { phone } from '../../../fields/kinds/phone.ts'
import type { Lead } from '../../../lead/lead.ts'
import type { FormConfig } from '../../config/form-config.ts'
import { includesOrigin } from '../../config/values/origin.ts'
import type { LeadPost } from './lead-protection.ts'

/** What is known of a post. */
export interface PostFacts {
  readonly formId: string
  readonly form: Pick<FormConfig, 'challenge' | 'origins'>
  readonly lead: Pick<Lead, 'id' | 'key' | 'values' | 'consents'>
  /** The step that the person is at, where the lead is not finished. */
  readonly step: string | undefined
  readonly changesNothing: LeadPost['changesNothing']
  readonly challenge: string | undefined
  readonly ip: string | undefined
  /** The page's origin, as its browser says. */
  readonly origin: string | undefined
  /** Whether the page runs our script. */
  readonly hasScript: boolean
}

/** Describes a post to the protection. */
export function createLeadPost({
  formId,
  form,
  lead,
  step,
  origin,
  hasScript,
  ...facts
}: PostFacts): LeadPost {
  const { id, key, values } = lead
  const number = checkValue(phone, phone.normalize(String(values.phone ?? '')))
  return {
    ...facts,
    form: formId,
    id,
    key,
    content: hashContent(lead, step),
    isPartial: step !== undefined,
    phone: 'value' in number ? number.value : undefined,
    challengeMode: form.challenge,
    canSolve: hasScript && !isInsecureOrigin(origin, form.origins),
  }
}

/** What makes a post another revision of its lead. When it was sent, and from which page, does not. */
function hashContent({ values, consents }: PostFacts['lead'], step: string | undefined): string {
  const documents = consents.map(({ id, version, documentUrl }) => [id, version, documentUrl])
  return createHash('sha256')
    .update(JSON.stringify([values, documents, step]))
    .digest('base64url')
}

/**
 * Whether browsers give the pages of an origin no way to solve a challenge: it has no https. Only an origin that the
 * operator has allowed by name is believed, because any program can send any origin.
 */
export function isInsecureOrigin(origin: string | undefined, allowed: ReadonlySet<string>): boolean {
  if (!origin?.startsWith('http://') || !includesOrigin(allowed, origin) || !URL.canParse(origin))
    return false
  const { hostname } = new URL(origin)
  // Browsers trust the machine that they run on.
  return !/^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}
