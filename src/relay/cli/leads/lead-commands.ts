import { isUuid } from '../../../lead/lead-identity.ts'
import { parseJson } from '../../../providers/core/json.ts'
import type { LeadList, LeadRow } from '../../http/admin/lead-answers.ts'
import { parseListQuery } from '../../http/admin/leads/parse-filter.ts'
import { type Command, type CommandArguments, CommandError, UsageError } from '../command.ts'
import type { AdminClient } from '../running/admin-client.ts'
import { selectSome } from './select-one.ts'
import { withLeadRoutes } from './with-lead-routes.ts'

type Options = CommandArguments['options']

/** Options that narrow a list of leads, in the order of the help. */
export const filterOptions = {
  form: { type: 'string', about: 'the leads of one form' },
  status: { type: 'string', about: 'queued, accepted, declined, failed, uncertain, …' },
  destination: { type: 'string', about: 'the stored key of a destination' },
  from: { type: 'string', about: 'received on this day in Moscow or later: 2026-11-29' },
  to: { type: 'string', about: 'received on this day in Moscow or earlier' },
  attribution: { type: 'string', about: 'utm_source:yandex' },
} as const

const idOption = { id: { type: 'string', about: 'the id of the lead' } } as const

/** The chosen filters, for a query. Throws {@link UsageError} for those that no relay takes. */
export function readFilter(command: string, options: Options): Readonly<Record<string, string>> {
  const filter = Object.fromEntries(
    selectSome(options, filterOptions).map(({ kind, value }) => [kind, value]),
  )
  const parsed = parseListQuery(new URLSearchParams(filter))
  if ('problem' in parsed) throw new UsageError(`${command}: --${parsed.problem}`)
  return filter
}

/** What the leads of a person are found by. */
const personOptions = {
  phone: { type: 'string', about: "the person's phone" },
  email: { type: 'string', about: "the person's e-mail address" },
  name: { type: 'string', about: "the person's whole last name, and beginnings of the other names" },
  number: { type: 'string', about: 'the number that the person was given: A-7K3F' },
} as const

/** Lists leads, or finds those of a person. */
export const leadsListCommand: Command = {
  words: ['leads', 'list'],
  usage: '--config FILE [filters] [--phone … | --email … | --name … | --number …]',
  summary: 'lists leads, the latest first, with the persons masked',
  options: {
    ...filterOptions,
    ...personOptions,
    limit: { type: 'string', about: 'how many at most; 50 unless given' },
  },

  async run({ config, options }, deps) {
    const { limit: limitText = '50' } = options
    const limit = Number(limitText)
    if (!/^\d{1,9}$/.test(String(limitText)) || limit < 1)
      throw new UsageError('leads list: --limit is not a number of leads')
    const filter = readFilter('leads list', options)
    const given = selectSome(options, personOptions)
    if (given.length > 1)
      throw new UsageError(
        `leads list: a person is found by one of ${given.map(({ kind }) => `--${kind}`).join(' and ')}`,
      )
    const sought = Object.fromEntries(given.map(({ kind, value }) => [kind, value]))
    return withLeadRoutes(config, deps, async (client) => {
      let cursor: string | undefined
      let left = limit
      do {
        const page = await readPage(client, filter, sought, cursor)
        for (const lead of page.leads.slice(0, left)) process.stdout.write(`${describeLead(lead)}\n`)
        left -= page.leads.length
        cursor = page.next
      } while (cursor !== undefined && left > 0)
      return 0
    })
  },
}

async function readPage(
  client: AdminClient,
  filter: Readonly<Record<string, string>>,
  sought: Readonly<Record<string, unknown>>,
  cursor: string | undefined,
): Promise<LeadList> {
  const all = { ...filter, ...(cursor === undefined ? {} : { cursor }) }
  const response =
    Object.keys(sought).length === 0
      ? await client(`/admin/leads?${new URLSearchParams(all)}`)
      : await client('/admin/leads/search', { method: 'POST', body: JSON.stringify({ ...all, ...sought }) })
  const answer: Partial<LeadList> = Object(parseJson(await response.text()))
  if (!Array.isArray(answer.leads))
    throw new CommandError('leads list: the relay answered something else. Update both.')
  return { leads: answer.leads, ...(answer.next === undefined ? {} : { next: answer.next }) }
}

function describeLead(lead: LeadRow): string {
  const { id, number, receivedAt, form, status, problem, destination, person } = lead
  return [number, receivedAt, form, status, problem ?? '-', destination ?? '-', person, id].join('\t')
}

/** Prints everything about a lead. */
export const leadsShowCommand: Command = {
  words: ['leads', 'show'],
  usage: '--config FILE --id ID [--reveal]',
  summary: 'prints everything about a lead as JSON; values are masked unless they are revealed',
  options: {
    ...idOption,
    reveal: { type: 'boolean', about: 'with the values, which the audit log records' },
  },

  async run({ config, options }, deps) {
    const id = readId('leads show', options)
    const text = await withLeadRoutes(config, deps, async (client) => {
      const response =
        options['reveal'] === true
          ? await client(`/admin/leads/${id}/reveal`, { method: 'POST' })
          : await client(`/admin/leads/${id}`)
      return response.text()
    })
    process.stdout.write(`${JSON.stringify(parseJson(text), null, 2)}\n`)
    return 0
  },
}

/** Sends a lead again. */
export const leadsRetryCommand: Command = {
  words: ['leads', 'retry'],
  usage: '--config FILE --id ID [--destination KEY]',
  summary: 'sends a lead again that waits, has failed or was refused; never one that may have arrived',
  options: { ...idOption, destination: { type: 'string', about: 'the stored key of one destination' } },

  async run({ config, options }, deps) {
    const id = readId('leads retry', options)
    const { destination } = options
    const body = JSON.stringify(typeof destination === 'string' ? { destination } : {})
    const text = await withLeadRoutes(config, deps, async (client) => {
      const response = await client(`/admin/leads/${id}/retry`, { method: 'POST', body })
      return response.text()
    })
    const { retried }: { readonly retried?: unknown } = Object(parseJson(text))
    process.stdout.write(`Queued to be sent again: ${Array.isArray(retried) ? retried.join(', ') : id}.\n`)
    return 0
  },
}

/** Says whether an unanswered lead has arrived. */
export const leadsResolveCommand: Command = {
  words: ['leads', 'resolve'],
  usage: '--config FILE --id ID --destination KEY (--arrived | --not-arrived)',
  summary: 'ends the doubt whether a lead has arrived, after you have asked the provider',
  options: {
    ...idOption,
    destination: { type: 'string', about: 'the stored key of the destination' },
    arrived: { type: 'boolean', about: 'the provider has the lead' },
    'not-arrived': { type: 'boolean', about: 'the provider does not have it: it may be sent again' },
  },

  async run({ config, options }, deps) {
    const id = readId('leads resolve', options)
    const { destination, arrived = false, 'not-arrived': notArrived = false } = options
    if (typeof destination !== 'string' || arrived === notArrived)
      throw new UsageError('leads resolve: expected --destination KEY, and --arrived or --not-arrived')
    const body = JSON.stringify({ destination, arrived })
    await withLeadRoutes(config, deps, (client) =>
      client(`/admin/leads/${id}/resolve`, { method: 'POST', body }),
    )
    process.stdout.write(arrived ? 'Done: the lead is accepted.\n' : 'Done: "leads retry" sends it again.\n')
    return 0
  },
}

function readId(command: string, { id }: Options): string {
  if (typeof id !== 'string' || !isUuid(id))
    throw new UsageError(`${command}: expected --id with the id of a lead`)
  return id.toLowerCase()
}
