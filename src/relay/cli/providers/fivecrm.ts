import { safeParse } from 'valibot'
import { type Fetch, sendHttp } from '../../../delivery/send-http.ts'
import { formatIssues } from '../../../form/format-issues.ts'
import { fiveCrmConfig } from '../../../providers/fivecrm/config.ts'
import { fivecrm } from '../../../providers/fivecrm/index.ts'
import type { SecretSources } from '../../config/secrets.ts'
import { CommandError, type Command } from '../command.ts'
import { loadForEntries, type PrintableResult, resolveEntry } from './destination-entries.ts'
import { readConfigFile } from '../read-config-file.ts'

/** The lists of a 5CRM, by their names in the command. */
export const fiveCrmListNames = ['fields', 'funnels', 'managers'] as const

/** One of {@link fiveCrmListNames}. */
export type FiveCrmListName = (typeof fiveCrmListNames)[number]

/** What loading depends on. */
export interface FiveCrmListDeps extends SecretSources {
  readonly fetch: Fetch
  readonly now: Date
}

/** Loads a list for every 5CRM destination of a configuration. */
export async function loadFiveCrmLists(
  name: FiveCrmListName,
  configuration: unknown,
  deps: FiveCrmListDeps,
): Promise<PrintableResult> {
  return loadForEntries('fivecrm', configuration, (entry) => loadFiveCrmList(name, entry, deps))
}

async function loadFiveCrmList(
  name: FiveCrmListName,
  entry: Readonly<Record<string, unknown>>,
  { fetch, now, ...sources }: FiveCrmListDeps,
): Promise<PrintableResult> {
  const resolved = await resolveEntry(entry, sources, fivecrm)
  if (resolved.problems.length > 0) return resolved
  const parsed = safeParse(fiveCrmConfig, resolved.options)
  if (!parsed.success) return { problems: formatIssues(fiveCrmConfig, parsed.issues) }
  const config = parsed.output
  if (name === 'managers' && config.secretToken === undefined) {
    return { problems: ['secretToken: missing; 5CRM requires it for the list of managers'] }
  }
  const { customFields, funnels, managers } = fivecrm.operations
  const context = { now }
  const send = (request: Parameters<typeof sendHttp>[0]) => sendHttp(request, { fetch, timeoutMs: 20_000 })
  switch (name) {
    case 'fields': {
      const answer = customFields.outcome(await send(customFields.request(config, context)), config, context)
      if ('problem' in answer) return { problems: [answer.problem] }
      return { lines: answer.items.map((item) => `custom.${item.field}  ${item.name} (${item.type})`) }
    }
    case 'funnels': {
      const answer = funnels.outcome(await send(funnels.request(config, context)), config, context)
      if ('problem' in answer) return { problems: [answer.problem] }
      return {
        lines: answer.items.flatMap((item) => [
          `funnelId ${item.id}  ${item.name}${item.isDefault ? ' (default)' : ''}`,
          ...item.stages.map((stage) => `  stageId ${stage.id}  ${stage.name}`),
        ]),
      }
    }
    case 'managers': {
      const answer = managers.outcome(await send(managers.request(config, context)), config, context)
      if ('problem' in answer) return { problems: [answer.problem] }
      return { lines: answer.items.map((item) => `managerId ${item.id}  ${item.name}`) }
    }
  }
}

const listDescriptions = {
  fields: 'custom fields, by the names that a form uses',
  funnels: 'funnels and their stages, with their ids for funnelId and stageId',
  managers: 'managers, with their ids for managerId (needs the secret token)',
} as const

/** Commands that print a 5CRM's custom fields, funnels and managers. */
export const fiveCrmCommands: readonly Command[] = fiveCrmListNames.map((name) => ({
  words: ['fivecrm', name],
  usage: '--config FILE',
  summary: `prints a 5CRM's ${listDescriptions[name]}`,
  options: {},

  async run({ config: file }, { fetch }) {
    const { candidate, readText } = await readConfigFile(file)
    const result = await loadFiveCrmLists(name, candidate, {
      env: process.env,
      readText,
      fetch,
      now: new Date(),
    })
    if ('problems' in result) throw new CommandError(result.problems.join('\n'))
    process.stdout.write(`${result.lines.join('\n')}\n`)
    return 0
  },
}))
