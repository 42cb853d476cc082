import type { Statistics } from '../../leads/statistics/read-statistics.ts'

/** A step of a form, in its order. */
export interface StatisticsStep {
  readonly step: string
  readonly title?: string
}

/** A form of the statistics. */
export interface StatisticsForm {
  readonly form: string
  readonly title?: string
  readonly steps: readonly StatisticsStep[]
}

/** `GET /admin/stats`: what people did in forms on some days in Moscow, and what became of their leads. */
export interface StatisticsAnswer extends Statistics {
  /** `2026-11-01` */
  readonly from: string
  /** The last day, which is included. */
  readonly to: string
  /** Whether pages report what people do: `statistics` of the configuration. */
  readonly counting: boolean
  /** The forms that the relay serves. */
  readonly forms: readonly StatisticsForm[]
}
