import { checkConfig } from '../config.ts'
import { reportConfiguration } from '../configuration-report.ts'
import type { Command } from './command-line.ts'
import { readConfiguration } from './read-configuration.ts'

/** Tells whether a configuration holds, form by form, and what to mend. */
export const checkCommand: Command = {
  words: ['check'],
  usage: '--config FILE',
  summary: 'tells whether every form of a configuration runs, and what to mend; exit code 1 if one does not',
  options: {},

  async run({ config: file }) {
    const { candidate, readText } = await readConfiguration(file)
    const { sound, lines } = reportConfiguration(await checkConfig(candidate, { env: process.env, readText }))
    process.stdout.write(`${lines.join('\n')}\n`)
    return sound ? 0 : 1
  },
}
