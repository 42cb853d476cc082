import { array, object, safeParse, unknown } from 'valibot'
import { type CalendarDate, formatRussianDate } from '../../lead/calendar-date.ts'
import type { Progress } from '../../lead/outcome.ts'
import { parseJson } from '../parse-json.ts'
import type { CallContext, HttpRequest, HttpResult, ListAnswer } from '../provider.ts'
import { apiGet } from './api-call.ts'
import { progressOf, readApplication } from './application-answer.ts'
import { campaignIds } from './campaign-ids.ts'
import type { AdmitadConfig } from './config.ts'
import { problemOf } from './problem.ts'

/** What the list of applications can be narrowed down by: every parameter of the document's. */
export interface ApplicationFilter {
  readonly offset?: number
  /** 20 unless given, 500 at most. */
  readonly limit?: number
  readonly orderBy?: 'date_created' | '-date_created'
  readonly id?: number | string
  readonly campaign?: number
  readonly status?: Progress['status']
  readonly dateStart?: CalendarDate
  readonly dateEnd?: CalendarDate
  readonly orderId?: string
  readonly subid?: string
  readonly subid1?: string
  readonly subid2?: string
  readonly subid3?: string
  readonly subid4?: string
}

/** An application in the list. */
export interface ListedApplication {
  readonly id: string
  readonly progress: readonly Progress[]
}

const names = {
  offset: 'offset',
  limit: 'limit',
  orderBy: 'order_by',
  id: 'id',
  campaign: 'campaign',
  status: 'status',
  dateStart: 'date_start',
  dateEnd: 'date_end',
  orderId: 'order_id',
  subid: 'subid',
  subid1: 'subid1',
  subid2: 'subid2',
  subid3: 'subid3',
  subid4: 'subid4',
} as const satisfies Record<keyof ApplicationFilter, string>

/** The call that lists applications. */
export function listApplications(
  config: AdmitadConfig,
  context: CallContext,
  filter: ApplicationFilter,
): HttpRequest {
  const given: Readonly<Record<string, string | number | undefined>> = { ...filter }
  const query = new URLSearchParams()
  for (const [name, parameter] of Object.entries(names)) {
    const value = given[name]
    if (value === undefined) continue
    query.append(parameter, name.startsWith('date') ? formatRussianDate(String(value)) : String(value))
  }
  const path = `/website/${config.websiteId}/broker/applications/`
  return apiGet(config, context, query.size > 0 ? `${path}?${query}` : path)
}

const schema = object({ results: array(unknown()) })

/** What the list came to. */
export function listedApplications(result: HttpResult, config: AdmitadConfig): ListAnswer<ListedApplication> {
  const problem = problemOf(result)
  if (problem) return problem
  const list = safeParse(schema, 'body' in result ? parseJson(result.body) : undefined)
  if (!list.success) return { problem: 'not a documented answer', retryable: true }
  return {
    items: list.output.results.flatMap((candidate) => {
      const application = readApplication(candidate)
      if (application?.id === undefined) return []
      return [{ id: application.id, progress: progressOf(application, campaignIds(config)) }]
    }),
  }
}
