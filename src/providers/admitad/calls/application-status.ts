import {
  array,
  fallback,
  integer,
  minValue,
  number,
  object,
  optional,
  pipe,
  safeParse,
  unknown,
} from 'valibot'
import { type CalendarDate, formatRussianDate } from '../../../lead/calendar-date.ts'
import type { ReceiverProgress } from '../../../lead/outcome.ts'
import { parseJson } from '../../core/json.ts'
import type { ListResult, Operations } from '../../core/provider.ts'
import type { CallContext, HttpRequest, HttpResult } from '../../core/context.ts'
import { apiGet } from './api-request.ts'
import { parseProgress, parseApplication } from '../response.ts'
import { type AdmitadConfig, campaignIds } from '../config.ts'
import { describeFailure } from './api-error.ts'

/** The filter of the list of applications: every parameter of the document. */
export interface ApplicationFilter {
  readonly offset?: number
  /** 20 by default, at most 500. */
  readonly limit?: number
  readonly orderBy?: 'date_created' | '-date_created'
  readonly id?: number | string
  readonly campaign?: number
  readonly status?: ReceiverProgress['status']
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
  readonly progress: readonly ReceiverProgress[]
}

const queryNames = {
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
export function buildApplicationListRequest(
  config: AdmitadConfig,
  context: CallContext,
  filter: ApplicationFilter,
): HttpRequest {
  const values: Readonly<Record<string, string | number | undefined>> = { ...filter }
  const query = new URLSearchParams()
  for (const [name, parameter] of Object.entries(queryNames)) {
    const value = values[name]
    if (value === undefined) continue
    query.append(parameter, name.startsWith('date') ? formatRussianDate(String(value)) : String(value))
  }
  const path = `website/${config.websiteId}/broker/applications/`
  return apiGet(config, context, query.size > 0 ? `${path}?${query}` : path)
}

/** A part of the list of applications. */
export type ApplicationList =
  | {
      readonly items: readonly ListedApplication[]
      /** How many applications the filter finds, and how many come before these, if the response says so. */
      readonly total?: number | undefined
      readonly offset?: number | undefined
    }
  | Extract<ListResult<ListedApplication>, { readonly problem: string }>

const countSchema = fallback(optional(pipe(number(), integer(), minValue(0))), undefined)
const metaSchema = fallback(optional(object({ count: countSchema, offset: countSchema })), undefined)
const listSchema = object({ results: array(unknown()), _meta: metaSchema })

/** Parses the list of applications. */
export function parseApplicationList(result: HttpResult, config: AdmitadConfig): ApplicationList {
  const problem = describeFailure(result)
  if (problem) return problem
  const list = safeParse(listSchema, 'body' in result ? parseJson(result.body) : undefined)
  if (!list.success) return { problem: 'not a documented answer', retryable: true }
  const { count: total, offset } = list.output._meta ?? {}
  return {
    total,
    offset,
    items: list.output.results.flatMap((candidate) => {
      const application = parseApplication(candidate)
      if (application?.id === undefined) return []
      return [{ id: application.id, progress: parseProgress(application, campaignIds(config)) }]
    }),
  }
}

/** Looks up one application in the list. */
export const getApplicationStatus: NonNullable<Operations<AdmitadConfig>['status']> = {
  retry: 'safe',
  request: (config, context) =>
    buildApplicationListRequest(config, context, { id: context.applicationId, limit: 1 }),
  outcome(result, config, { applicationId }) {
    const list = parseApplicationList(result, config)
    if ('problem' in list) return list
    const found = list.items.find(({ id }) => id === applicationId)
    return found
      ? { progress: found.progress }
      : { problem: 'the list has no such application', retryable: true }
  },
}
