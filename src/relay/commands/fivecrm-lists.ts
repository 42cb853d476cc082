import { fiveCrmListNames, readFiveCrmLists } from '../fivecrm-lists.ts'
import { CommandError, type Command } from './command-line.ts'
import { readConfiguration } from './read-configuration.ts'

const shown = {
  fields: 'custom fields, as a form may ask for them',
  funnels: 'funnels and their stages, as funnelId and stageId name them',
  managers: 'managers, as managerId names them (needs the secret token)',
} as const

/** Print what a 5CRM has of its own: custom fields, funnels, managers. */
export const fiveCrmCommands: readonly Command[] = fiveCrmListNames.map((name) => ({
  words: ['fivecrm', name],
  usage: '--config FILE',
  summary: `prints a 5CRM's ${shown[name]}`,
  options: {},

  async run({ config: file }, { fetch }) {
    const { candidate } = await readConfiguration(file)
    const result = await readFiveCrmLists(name, candidate, { env: process.env, fetch, now: new Date() })
    if ('problems' in result) throw new CommandError(result.problems.join('\n'))
    process.stdout.write(`${result.lines.join('\n')}\n`)
    return 0
  },
}))
