import type { RelayConfig } from './config.ts'

/** What a configuration comes to, for an operator to read. */
export interface ConfigurationReport {
  /** Whether every form runs. */
  readonly sound: boolean
  readonly lines: readonly string[]
}

/**
 * Tells of every form whether it runs, and by which keys its destinations stand in the log and in health, or what is to
 * be mended. No line repeats a value that was configured.
 */
export function reportConfiguration({ forms }: Pick<RelayConfig, 'forms'>): ConfigurationReport {
  const reports = [...forms].map(([id, found]) => {
    if ('problems' in found) {
      return { sound: false, lines: [`${id}: refused`, ...found.problems.map((problem) => `  ${problem}`)] }
    }
    const { destinations, mode } = found.form
    const rows = destinations.map(
      ({ key, provider }, index) => `  destinations.${index}: ${provider}, ${key}`,
    )
    return { sound: true, lines: [`${id}: ok, ${mode}`, ...rows] }
  })
  return {
    sound: reports.every(({ sound }) => sound),
    lines: reports.flatMap(({ lines }) => lines),
  }
}
