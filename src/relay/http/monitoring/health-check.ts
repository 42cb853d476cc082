/** What a health check has found. */
export interface HealthFinding {
  /** `degraded`: somebody has to look at it. `down`: no lead can be stored. */
  readonly status: 'ok' | 'degraded' | 'down'
  /** What is wrong and what to do, in a sentence. Without a configured value. */
  readonly reason?: string
  /** Facts for the details. */
  readonly facts?: object
}

/** Looks at one thing that the relay needs, such as free space. Never rejects; called at most once a second. */
export interface HealthCheck {
  /** The key of its facts in the details. */
  readonly name: string
  check(): Promise<HealthFinding>
}
