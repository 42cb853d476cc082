import { array, object, record, safeParse, string, unknown } from 'valibot'
import { type Fetch, perform } from '../delivery/perform.ts'
import { problemsOf } from '../form/problems.ts'
import { fiveCrmConfig } from '../providers/fivecrm/config.ts'
import { fivecrm } from '../providers/fivecrm/fivecrm.ts'
import { type Environment, fillSecrets } from './secrets.ts'
import { within } from './within.ts'

/** Lists of a CRM's own, by what the command calls them. */
export const fiveCrmListNames = ['fields', 'funnels', 'managers'] as const

/** One of {@link fiveCrmListNames}. */
export type FiveCrmListName = (typeof fiveCrmListNames)[number]

/** What reading needs from outside. */
export interface FiveCrmListPorts {
  readonly env: Environment
  readonly fetch: Fetch
  readonly now: Date
}

/** Lines to print, or what is wrong; neither holds a credential. */
export type FiveCrmListResult =
  | { readonly lines: readonly string[] }
  | { readonly problems: readonly string[] }

const formsSchema = object({
  forms: record(string(), object({ destinations: array(record(string(), unknown())) })),
})

/** Reads a list of the CRM that a configuration's destinations name: once for every 5CRM destination. */
export async function readFiveCrmLists(
  name: FiveCrmListName,
  configuration: unknown,
  ports: FiveCrmListPorts,
): Promise<FiveCrmListResult> {
  const { output, success } = safeParse(formsSchema, configuration)
  const entries = success
    ? Object.entries(output.forms).flatMap(([form, { destinations }]) =>
        destinations.map((entry, index) => ({ entry, path: `forms.${form}.destinations.${index}` })),
      )
    : []
  const found = entries.filter(({ entry }) => entry['provider'] === 'fivecrm')
  if (found.length === 0) {
    return { problems: ['forms: expected a form with a destination of the provider "fivecrm"'] }
  }
  const lines: string[] = []
  const problems: string[] = []
  for (const { entry, path } of found) {
    const result = await readList(name, entry, ports)
    if ('problems' in result) problems.push(...within(path, result.problems))
    else lines.push(path, ...result.lines.map((line) => `  ${line}`))
  }
  return problems.length > 0 ? { problems } : { lines }
}

async function readList(
  name: FiveCrmListName,
  entry: Readonly<Record<string, unknown>>,
  { env, fetch, now }: FiveCrmListPorts,
): Promise<FiveCrmListResult> {
  const { id: _, ...options } = entry
  const filled = fillSecrets(options, env)
  if (filled.problems.length > 0) return filled
  const parsed = safeParse(fiveCrmConfig, filled.options)
  if (!parsed.success) return { problems: problemsOf(fiveCrmConfig, parsed.issues) }
  const config = parsed.output
  if (name === 'managers' && config.secretToken === undefined) {
    return { problems: ['secretToken: missing; 5CRM tells its managers to nobody without it'] }
  }
  const { customFields, funnels, managers } = fivecrm.operations
  const context = { now }
  const call = (request: Parameters<typeof perform>[0]) => perform(request, { fetch, timeoutMs: 20_000 })
  switch (name) {
    case 'fields': {
      const answer = customFields.outcome(await call(customFields.request(config, context)), config, context)
      if ('problem' in answer) return { problems: [answer.problem] }
      return { lines: answer.items.map((item) => `custom.${item.field}  ${item.name} (${item.type})`) }
    }
    case 'funnels': {
      const answer = funnels.outcome(await call(funnels.request(config, context)), config, context)
      if ('problem' in answer) return { problems: [answer.problem] }
      return {
        lines: answer.items.flatMap((item) => [
          `funnelId ${item.id}  ${item.name}${item.isDefault ? ' (default)' : ''}`,
          ...item.stages.map((stage) => `  stageId ${stage.id}  ${stage.name}`),
        ]),
      }
    }
    case 'managers': {
      const answer = managers.outcome(await call(managers.request(config, context)), config, context)
      if ('problem' in answer) return { problems: [answer.problem] }
      return { lines: answer.items.map((item) => `managerId ${item.id}  ${item.name}`) }
    }
  }
}
