import { parseConfig, type RelayConfig } from '../config/config.ts'
import type { Command } from './command.ts'
import { readConfigFile } from './read-config-file.ts'
/** Tells whether a configuration holds, form by form, and what to mend. */
export const checkCommand: Command = {
  words: ['check'],
  usage: '--config FILE',
  summary: 'tells whether every form of a configuration runs, and what to mend; exit code 1 if one does not',
  options: {},

  async run({ config: file }) {
    const { candidate, readText } = await readConfigFile(file)
    const { valid, lines } = createConfigReport(await parseConfig(candidate, { env: process.env, readText }))
    process.stdout.write(`${lines.join('\n')}\n`)
    return valid ? 0 : 1
  },
}

/** What a configuration comes to, for an operator to read. */
export interface ConfigReport {
  /** Whether every form runs. */
  readonly valid: boolean
  readonly lines: readonly string[]
}

/**
 * Tells of every form whether it runs, and by which keys its destinations stand in the log and in health, or what is to
 * be mended. No line repeats a value that was configured.
 */
export function createConfigReport({ forms }: Pick<RelayConfig, 'forms'>): ConfigReport {
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
    valid: reports.every(({ sound }) => sound),
    lines: reports.flatMap(({ lines }) => lines),
  }
}
