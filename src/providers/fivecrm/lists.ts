import type { ListResult, Operation } from '../core/provider.ts'
import type { CallContext, HttpResult } from '../core/context.ts'
import { parseFiveCrmResponse, isSuccess } from './response.ts'
import type { FiveCrmConfig } from './config.ts'

/** A field that the owner of the CRM has added to deals. */
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

/** Somebody who works in the CRM. */
export interface FiveCrmManager {
  readonly id: number
  readonly name: string
  readonly phone: string
  readonly email: string
  /** Address of a picture. */
  readonly ava: string
}

/** The calls that read 5CRM's own lists, for an operator who sets a destination up. */
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

/** The members of an item, unread. */
interface UncheckedItem {
  readonly [member: string]: unknown
}

function createListOperation<Item>(
  path: string,
  member: string,
  read: (item: UncheckedItem) => Item | undefined,
): Operation<FiveCrmConfig, CallContext, ListResult<Item>> {
  return {
    retry: 'safe',
    request({ baseUrl, publicToken, secretToken }) {
      const query = new URLSearchParams({ public_token: publicToken })
      if (member === 'managers' && secretToken !== undefined) query.set('secret_token', secretToken)
      return {
        method: 'GET',
        url: `${baseUrl.replace(/\/+$/, '')}/${path}?${query}`,
        headers: { accept: 'application/json' },
      }
    },
    outcome: (result) => parseList(result, member, read),
  }
}

function parseList<Item>(
  result: HttpResult,
  member: string,
  read: (item: UncheckedItem) => Item | undefined,
): ListResult<Item> {
  if ('failure' in result) return { problem: `no answer: ${result.failure}`, retryable: true }
  const { status, body } = result
  const answer = status === 200 ? parseFiveCrmResponse(body) : undefined
  const listed = answer && isSuccess(answer) ? answer[member] : undefined
  if (typeof listed === 'object' && listed !== null) return { items: parseItems(listed, read) }
  const refused = status === 401 || status === 403 ? ': the token was refused' : ''
  return {
    problem: `status ${status}, no ${member}${refused}`,
    retryable: status === 408 || status === 429 || status >= 500,
  }
}

/** PHP writes a list with gaps as an object. An item that cannot be read helps nobody. */
function parseItems<Item>(listed: unknown, read: (item: UncheckedItem) => Item | undefined): readonly Item[] {
  const candidates: readonly unknown[] = typeof listed === 'object' ? Object.values(listed ?? {}) : []
  return candidates.flatMap((candidate) => read(Object(candidate)) ?? [])
}

/** The document types ids as numbers, but PHP likes to write them as texts. */
function withNumericId<Rest extends object>(
  id: unknown,
  rest: Rest,
): (Rest & { readonly id: number }) | undefined {
  return /^[1-9]\d{0,14}$/.test(toText(id)) ? { id: Number(id), ...rest } : undefined
}

function toText(told: unknown): string {
  return typeof told === 'string' || typeof told === 'number' ? String(told) : ''
}
