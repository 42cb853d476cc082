import type { RelayConfig } from '../config.ts'
import { describePartial } from './describe-partial.ts'
import { describePlaceLimits } from './describe-place-limits.ts'
import { describeRouting, describeRules } from './describe-rules.ts'

/** A report on a configuration for the operator. */
export interface ConfigReport {
  /** Whether every form runs. */
  readonly valid: boolean
  readonly lines: readonly string[]
}

/**
 * Reports for every form whether it runs, with the keys that its destinations have in the log and in `/healthz`, or what
 * to fix and to think over, and where leads go by its rules; and who is informed of leads. No line repeats any other configured value.
 */
export function createConfigReport({
  forms,
  receivers = [],
  remarks = [],
}: Pick<RelayConfig, 'forms' | 'remarks'> & Partial<Pick<RelayConfig, 'receivers'>>): ConfigReport {
  const reports = [...forms].map(([id, result]) => {
    if ('problems' in result) {
      return { runs: false, lines: [`${id}: refused`, ...result.problems.map((problem) => `  ${problem}`)] }
    }
    const { destinations, mode, rules } = result.form
    const rows = destinations.map(({ key, provider }, index) => {
      const taken = describeRules(rules?.get(key) ?? {})
      return `  destinations.${index}: ${provider}, ${key}${taken === undefined ? '' : `; takes ${taken}`}`
    })
    const delivery = rows.length > 0 ? mode : 'its leads are stored and go to no destination'
    const { definition } = result.form
    const routing = [
      ...describePlaceLimits(definition, destinations),
      ...describeRouting(result.form),
      ...describePartial(definition),
      ...(result.form.remarks ?? []),
    ].map((line) => `  ${line}`)
    return { runs: true, lines: [`${id}: ok, ${delivery}`, ...rows, ...routing] }
  })
  return {
    valid: reports.every(({ runs }) => runs),
    lines: [
      ...reports.flatMap(({ lines }) => lines),
      ...remarks,
      ...receivers.map(({ key, channel, on }) => `messages: ${channel}, ${key}, on ${[...on].join(', ')}`),
    ],
  }
}

/** What has to be corrected before every form runs: the lines of {@link createConfigReport} about refused forms. */
export function listFormProblems({ forms }: Pick<RelayConfig, 'forms'>): readonly string[] {
  return [...forms].flatMap(([id, result]) =>
    'problems' in result ? [`${id}: refused`, ...result.problems] : [],
  )
}
