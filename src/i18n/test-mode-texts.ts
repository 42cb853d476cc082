/** Every text of test mode, which is loaded on demand. */
export interface TestModeTexts {
  readonly title: string
  readonly promise: string
  readonly fill: string
  readonly answer: string
  /** The answers that can be tried, by outcome. */
  readonly answers: Readonly<
    Record<'accepted' | 'verification' | 'duplicate' | 'declined' | 'queued' | 'failed', string>
  >
  readonly requests: string
  readonly none: string
}
