/** Every text of the step that confirms the phone, which is loaded on demand. */
export interface VerificationTexts {
  /** That the code was sent; the number stands behind it. */
  readonly sent: string
  readonly label: string
  readonly confirm: string
  readonly checking: string
  readonly attempts: (left: number) => string
  readonly noAttempts: string
  readonly failed: string
  readonly question: string
  readonly advice: string
  readonly changePhone: string
  readonly giveUp: string
}
