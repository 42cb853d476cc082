import { isRealDate } from '../core/is-real-date.ts'
import type { SandboxCampaignResponse } from './applications.ts'

/** The filter of the list of applications. */
export type ListFilter = {
  readonly offset: number
  readonly limit: number
  readonly newestFirst: boolean
  /** The other parameters, as received. */
  readonly by: ReadonlyMap<string, string>
}

const digitsOnly = /^\d+$/
const parameterRules: Readonly<Record<string, (value: string) => boolean>> = {
  offset: (value) => digitsOnly.test(value),
  limit: (value) => digitsOnly.test(value) && Number(value) >= 1 && Number(value) <= 500,
  order_by: (value) => /^-?date_created$/.test(value),
  id: (value) => digitsOnly.test(value),
  campaign: (value) => digitsOnly.test(value),
  status: (value) => /^(?:processing|approved|declined|waiting|error)$/.test(value),
  date_start: isRealDate,
  date_end: isRealDate,
  order_id: () => true,
  subid: () => true,
  subid1: () => true,
  subid2: () => true,
  subid3: () => true,
  subid4: () => true,
}

/** Parses the query of the list. Returns the problems by parameter if it is invalid. */
export function parseListFilter(
  query: URLSearchParams,
): ListFilter | { readonly problems: Readonly<Record<string, readonly string[]>> } {
  const problems = [...query].flatMap(([name, value]) => {
    const rule = Object.hasOwn(parameterRules, name) ? parameterRules[name] : undefined
    return rule?.(value) ? [] : [[name, [rule ? 'Неверное значение' : 'Неизвестный параметр']] as const]
  })
  if (problems.length > 0) return { problems: Object.fromEntries(problems) }
  return {
    offset: Number(query.get('offset') ?? 0),
    limit: Number(query.get('limit') ?? 20),
    newestFirst: query.get('order_by') === '-date_created',
    by: new Map([...query].filter(([name]) => !['offset', 'limit', 'order_by'].includes(name))),
  }
}

/** Whether an application, created on `day` (`YYYY-MM-DD`), matches the filter. */
export function matchesFilter(
  application: {
    readonly id: number
    readonly responses: readonly SandboxCampaignResponse[]
    readonly [subId: string]: unknown
  },
  day: string,
  { by }: ListFilter,
): boolean {
  return [...by].every(([name, value]) => {
    switch (name) {
      case 'id':
        return application.id === Number(value)
      case 'campaign':
        return application.responses.some((response) => response.campaign_id === Number(value))
      case 'status':
        return application.responses.some((response) => response.status === value)
      case 'order_id':
        return application.responses.some((response) => response.order_id === value)
      case 'date_start':
        return day >= toIsoDate(value)
      case 'date_end':
        return day <= toIsoDate(value)
      default:
        return application[name] === value
    }
  })
}

function toIsoDate(date: string): string {
  return date.split('.').reverse().join('-')
}
