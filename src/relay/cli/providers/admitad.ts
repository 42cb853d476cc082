import { safeParse } from 'valibot'
import { sendHttp } from '../../../delivery/send-http.ts'
import { formatIssues } from '../../../form/format-issues.ts'
import { isCalendarDate } from '../../../lead/calendar-date.ts'
import {
  type ApplicationFilter,
  buildApplicationListRequest,
  type ListedApplication,
  parseApplicationList,
} from '../../../providers/admitad/calls/application-status.ts'
import { admitadConfig } from '../../../providers/admitad/config.ts'
import { admitad } from '../../../providers/admitad/index.ts'
import { campaignStatusSchema } from '../../../providers/admitad/response.ts'
import type { SecretSources } from '../../config/secrets.ts'
import { providerBindings } from '../../destinations/providers.ts'
import { type Command, type CommandArguments, CommandError, UsageError } from '../command.ts'
import { readConfigFile } from '../read-config-file.ts'
import { loadForEntries, type PrintableResult, resolveEntry } from './destination-entries.ts'
import { readCampaignSettings, type ReadDeps } from './read-campaign-settings.ts'

/** What loading depends on. */
export interface AdmitadListDeps extends SecretSources, ReadDeps {}

/** Loads the applications of every Admitad destination of a configuration. */
export function loadApplications(
  configuration: unknown,
  filter: ApplicationFilter,
  deps: AdmitadListDeps,
): Promise<PrintableResult> {
  return loadForEntries('admitad', configuration, async (entry) => {
    const resolved = await resolveEntry(entry, deps, admitad)
    if (resolved.problems.length > 0) return resolved
    const parsed = safeParse(admitadConfig, resolved.options)
    if (!parsed.success) return { problems: formatIssues(admitadConfig, parsed.issues) }
    const config = parsed.output
    const send = (request: Parameters<typeof sendHttp>[0]) =>
      sendHttp(request, { fetch: deps.fetch, timeoutMs: 20_000 })
    const { now } = deps
    const { token } = admitad.operations
    const access =
      token && config.accessToken === undefined
        ? token.outcome(await send(token.request(config, { now })), config, { now })
        : undefined
    if (access && 'problem' in access) return { problems: [`no access token: ${access.problem}`] }
    const context = { now, accessToken: access?.accessToken }
    const list = parseApplicationList(
      await send(buildApplicationListRequest(config, context, filter)),
      config,
    )
    if ('problem' in list) return { problems: [list.problem] }
    const { items, total, offset = 0 } = list
    const range = items.length === 0 ? 'none' : `${offset + 1} to ${offset + items.length}`
    return {
      lines: [...items.map(formatApplication), `${range}${total === undefined ? '' : ` of ${total}`}`],
    }
  })
}

function formatApplication({ id, progress }: ListedApplication): string {
  const statuses = progress.map(
    ({ receiver, status, orderId }) =>
      `campaign ${receiver}: ${status}${orderId === undefined ? '' : `, order ${orderId}`}`,
  )
  return [id, ...statuses].join('  ')
}

/** Loads what the campaigns of every Admitad destination of a configuration require. */
export function loadCampaignSettings(
  configuration: unknown,
  deps: AdmitadListDeps,
): Promise<PrintableResult> {
  return loadForEntries('admitad', configuration, async (entry) => {
    const resolved = await resolveEntry(entry, deps, admitad)
    if (resolved.problems.length > 0) return resolved
    const bound = await providerBindings['admitad']?.createDestination(resolved.options)
    if (!bound || 'problems' in bound) return { problems: bound?.problems ?? [] }
    const settings = await readCampaignSettings(bound.destination, deps)
    if ('problem' in settings) return { problems: [settings.problem] }
    return {
      lines: settings.campaigns.flatMap(({ id, fields }) => [
        `campaign ${id}`,
        ...fields.map(({ name, pattern, required, description }) =>
          ['  ' + name, required ? 'required' : 'optional', pattern, description].filter(Boolean).join('  '),
        ),
      ]),
    }
  })
}

const texts = ['id', 'order-id', 'subid', 'subid1', 'subid2', 'subid3', 'subid4'] as const
const numbers = ['offset', 'limit', 'campaign'] as const
const dates = ['date-start', 'date-end'] as const
const about = {
  id: 'the id of an application',
  'order-id': 'the id of an order',
  subid: 'the channel',
  subid1: 'an attribution parameter, as are subid2 to subid4',
  subid2: 'see subid1',
  subid3: 'see subid1',
  subid4: 'see subid1',
  offset: 'how many applications are passed over',
  limit: 'how many applications are printed: 20 unless given, 500 at most',
  campaign: 'the id of a campaign',
  'date-start': 'the first day, YYYY-MM-DD',
  'date-end': 'the last day, YYYY-MM-DD',
} as const

/** Reads the filter of the list from the options of the command. Throws {@link UsageError} on a wrong one. */
export function parseFilter(options: CommandArguments['options']): ApplicationFilter {
  const filter: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(options)) {
    if (typeof value !== 'string') continue
    const key = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    if (numbers.some((number) => number === name)) {
      if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--${name}: expected a whole number`)
      filter[key] = Number(value)
    } else if (dates.some((date) => date === name)) {
      if (!isCalendarDate(value)) throw new UsageError(`--${name}: expected a day, YYYY-MM-DD`)
      filter[key] = value
    } else if (name === 'status' && !safeParse(campaignStatusSchema, value).success) {
      throw new UsageError(`--status: expected ${campaignStatusSchema.options.join(', ')}`)
    } else if (name === 'oldest-first') {
      continue
    } else {
      filter[key] = value
    }
  }
  return { ...filter, orderBy: options['oldest-first'] === true ? 'date_created' : '-date_created' }
}

/** Commands that print Admitad's list of applications, and what its campaigns require. */
export const admitadCommands: readonly Command[] = [
  {
    words: ['admitad', 'applications'],
    usage: '--config FILE',
    summary: "prints Admitad's applications and their statuses, the newest first",
    options: {
      ...Object.fromEntries(
        [...texts, ...numbers, ...dates].map((name) => [name, { type: 'string', about: about[name] }]),
      ),
      status: { type: 'string', about: 'processing, approved, declined, waiting or error' },
      'oldest-first': { type: 'boolean', about: 'the oldest first' },
    },

    async run({ config: file, options }, { fetch }) {
      const { candidate, readText } = await readConfigFile(file)
      const deps = { env: process.env, readText, fetch, now: new Date() }
      return print(await loadApplications(candidate, parseFilter(options), deps))
    },
  },
  {
    words: ['admitad', 'settings'],
    usage: '--config FILE',
    summary: "prints the fields that Admitad's campaigns require, with their patterns",
    options: {},

    async run({ config: file }, { fetch }) {
      const { candidate, readText } = await readConfigFile(file)
      return print(
        await loadCampaignSettings(candidate, { env: process.env, readText, fetch, now: new Date() }),
      )
    },
  },
]

function print(result: PrintableResult): number {
  if ('problems' in result) throw new CommandError(result.problems.join('\n'))
  process.stdout.write(`${result.lines.join('\n')}\n`)
  return 0
}
