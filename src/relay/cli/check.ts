import type { RelayConfig } from '../config/config.ts'
import type { Command } from './command.ts'
import { loadConfig } from './read-config-file.ts'

/** Reports whether every form of a configuration runs, and what to fix. */
export const checkCommand: Command = {
  words: ['check'],
  usage: '--config FILE',
  summary: 'reports whether every form of a configuration runs, and what to fix; exit code 1 if one does not',
  options: {},

  async run({ config: file }) {
    const { valid, lines } = createConfigReport((await loadConfig(file)).config)
    process.stdout.write(`${lines.join('\n')}\n`)
    return valid ? 0 : 1
  },
}

/** A report on a configuration for the operator. */
export interface ConfigReport {
  /** Whether every form runs. */
  readonly valid: boolean
  readonly lines: readonly string[]
}

/**
 * Reports for every form whether it runs, with the keys that its destinations have in the log and in `/healthz`, or what
 * to fix. No line repeats a configured value.
 */
export function createConfigReport({ forms }: Pick<RelayConfig, 'forms'>): ConfigReport {
  const reports = [...forms].map(([id, result]) => {
    if ('problems' in result) {
      return { runs: false, lines: [`${id}: refused`, ...result.problems.map((problem) => `  ${problem}`)] }
    }
    const { destinations, mode } = result.form
    const rows = destinations.map(
      ({ key, provider }, index) => `  destinations.${index}: ${provider}, ${key}`,
    )
    const delivery = rows.length > 0 ? mode : 'its leads are stored and go to no destination'
    return { runs: true, lines: [`${id}: ok, ${delivery}`, ...rows] }
  })
  return {
    valid: reports.every(({ runs }) => runs),
    lines: reports.flatMap(({ lines }) => lines),
  }
}
