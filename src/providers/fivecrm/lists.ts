import { withParsedOptions } from '../core/options/parsed-options.ts'
import type { ListResult, Operation } from '../core/provider.ts'
import type { CallContext, HttpResult } from '../core/context.ts'
import { joinUrl } from '../core/url.ts'
import { parseFiveCrmResponse, isSuccess } from './response.ts'
import { type FiveCrmConfig, fiveCrmConfig } from './config.ts'

/** A custom field of deals. */
export interface FiveCrmField {
  /** The wire name, `f_1` to `f_50`: a form asks for it as `custom.f_1`. */
  readonly field: string
  readonly name: string
  readonly type: string
}

/** A funnel of deals. */
export interface FiveCrmFunnel {
  readonly id: number
  readonly name: string
  readonly isDefault: boolean
  readonly stages: readonly FiveCrmStage[]
}

/** A stage of a funnel. */
export interface FiveCrmStage {
  readonly id: number
  readonly name: string
  readonly order: number
}

/** A manager, a user of the CRM. */
export interface FiveCrmManager {
  readonly id: number
  readonly name: string
  readonly phone: string
  readonly email: string
  /** Address of the avatar. */
  readonly ava: string
}

/** The calls that read 5CRM's own lists, for setting up a destination. */
export interface FiveCrmLists {
  readonly customFields: Operation<FiveCrmConfig, CallContext, ListResult<FiveCrmField>>
  readonly funnels: Operation<FiveCrmConfig, CallContext, ListResult<FiveCrmFunnel>>
  /** Needs the secret token. */
  readonly managers: Operation<FiveCrmConfig, CallContext, ListResult<FiveCrmManager>>
}

/** {@link FiveCrmLists}. */
export const fiveCrmLists: FiveCrmLists = {
  customFields: createListOperation('public/deal/get-custom-fields', 'fields', ({ field, name, type }) =>
    toText(field) === '' ? undefined : { field: toText(field), name: toText(name), type: toText(type) },
  ),
  funnels: createListOperation(
    'public/funnels/get',
    'funnels',
    ({ id, name, is_default: isDefault, stages }) =>
      withNumericId(id, {
        name: toText(name),
        isDefault: isDefault === 'true' || isDefault === true,
        stages: parseItems(stages, (stage) =>
          withNumericId(stage['id'], {
            name: toText(stage['name']),
            order: Number(toText(stage['order'])) || 0,
          }),
        ),
      }),
  ),
  managers: createListOperation('public/managers/get', 'managers', ({ id, name, phone, email, ava }) =>
    withNumericId(id, { name: toText(name), phone: toText(phone), email: toText(email), ava: toText(ava) }),
  ),
}

type ListRow = Readonly<Record<string, unknown>>

function createListOperation<Item>(
  path: string,
  member: string,
  parseRow: (row: ListRow) => Item | undefined,
): Operation<FiveCrmConfig, CallContext, ListResult<Item>> {
  return withParsedOptions(fiveCrmConfig, {
    retry: 'safe',
    request({ baseUrl, publicToken, secretToken }) {
      const query = new URLSearchParams({ public_token: publicToken })
      if (member === 'managers' && secretToken !== undefined) query.set('secret_token', secretToken)
      return {
        method: 'GET',
        url: joinUrl(baseUrl, `${path}?${query}`),
        headers: { accept: 'application/json' },
      }
    },
    outcome: (result) => parseList(result, member, parseRow),
  })
}

function parseList<Item>(
  result: HttpResult,
  member: string,
  parseRow: (row: ListRow) => Item | undefined,
): ListResult<Item> {
  if ('failure' in result) return { problem: `no answer: ${result.failure}`, retryable: true }
  const { status, body } = result
  const answer = status === 200 ? parseFiveCrmResponse(body) : undefined
  const listed = answer && isSuccess(answer) ? answer[member] : undefined
  if (typeof listed === 'object' && listed !== null) return { items: parseItems(listed, parseRow) }
  const refused = status === 401 || status === 403 ? ': the token was refused' : ''
  return {
    problem: `status ${status}, no ${member}${refused}`,
    retryable: status === 408 || status === 429 || status >= 500,
  }
}

/** PHP writes a list with gaps as an object. Items that cannot be read are left out. */
function parseItems<Item>(list: unknown, parseRow: (row: ListRow) => Item | undefined): readonly Item[] {
  const rows: readonly unknown[] = typeof list === 'object' ? Object.values(list ?? {}) : []
  return rows.flatMap((row) => parseRow(Object(row)) ?? [])
}

/** The document types ids as numbers, but PHP may write them as texts. */
function withNumericId<Rest extends object>(
  id: unknown,
  rest: Rest,
): (Rest & { readonly id: number }) | undefined {
  return /^[1-9]\d{0,14}$/.test(toText(id)) ? { id: Number(id), ...rest } : undefined
}

function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
