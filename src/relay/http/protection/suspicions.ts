import type { Lead } from '../../../lead/lead.ts'

/** Why a lead looks as if no person had filled it in: a field was filled in that no person sees, or it took no time. */
export type Suspicion = 'hidden-field' | 'filled-at-once'

/**
 * Milliseconds from the first change to the submission. A browser that fills in everything by itself still leaves the
 * person to tick a consent and to press the button.
 */
const leastFillingMs = 1500

/** What is known of how a lead was filled in. */
export interface Filling {
  /** The text in the field that no person sees. */
  readonly hiddenField: string | undefined
  /** Absent for a plain HTML form, which knows no times. */
  readonly page?: Pick<Lead['page'], 'startedAt' | 'submittedAt'> | undefined
}

/** Finds what is suspicious about how a lead was filled in. */
export function findSuspicions({ hiddenField = '', page }: Filling): readonly Suspicion[] {
  return [
    ...(hiddenField.trim() === '' ? [] : (['hidden-field'] as const)),
    ...(page && Date.parse(page.submittedAt) - Date.parse(page.startedAt) < leastFillingMs
      ? (['filled-at-once'] as const)
      : []),
  ]
}
