import type { CallContext, HttpResult, ListAnswer, Operation } from '../provider.ts'
import { readFiveCrmAnswer, saysYes } from './answer.ts'
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
  readonly customFields: Operation<FiveCrmConfig, CallContext, ListAnswer<FiveCrmField>>
  readonly funnels: Operation<FiveCrmConfig, CallContext, ListAnswer<FiveCrmFunnel>>
  /** Needs the secret token. */
  readonly managers: Operation<FiveCrmConfig, CallContext, ListAnswer<FiveCrmManager>>
}

/** {@link FiveCrmLists}. */
export const fiveCrmLists: FiveCrmLists = {
  customFields: list('public/deal/get-custom-fields', 'fields', ({ field, name, type }) =>
    textOf(field) === '' ? undefined : { field: textOf(field), name: textOf(name), type: textOf(type) },
  ),
  funnels: list('public/funnels/get', 'funnels', ({ id, name, is_default: isDefault, stages }) =>
    identified(id, {
      name: textOf(name),
      isDefault: isDefault === 'true' || isDefault === true,
      stages: itemsOf(stages, (stage) =>
        identified(stage['id'], { name: textOf(stage['name']), order: Number(textOf(stage['order'])) || 0 }),
      ),
    }),
  ),
  managers: list('public/managers/get', 'managers', ({ id, name, phone, email, ava }) =>
    identified(id, { name: textOf(name), phone: textOf(phone), email: textOf(email), ava: textOf(ava) }),
  ),
}

/** The members of an item, unread. */
interface Loose {
  readonly [member: string]: unknown
}

function list<Item>(
  path: string,
  member: string,
  read: (item: Loose) => Item | undefined,
): Operation<FiveCrmConfig, CallContext, ListAnswer<Item>> {
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
    outcome: (result) => readList(result, member, read),
  }
}

function readList<Item>(
  result: HttpResult,
  member: string,
  read: (item: Loose) => Item | undefined,
): ListAnswer<Item> {
  if ('failure' in result) return { problem: `no answer: ${result.failure}`, retryable: true }
  const { status, body } = result
  const answer = status === 200 ? readFiveCrmAnswer(body) : undefined
  const listed = answer && saysYes(answer) ? answer[member] : undefined
  if (typeof listed === 'object' && listed !== null) return { items: itemsOf(listed, read) }
  const refused = status === 401 || status === 403 ? ': the token was refused' : ''
  return {
    problem: `status ${status}, no ${member}${refused}`,
    retryable: status === 408 || status === 429 || status >= 500,
  }
}

/** PHP writes a list with gaps as an object. An item that cannot be read helps nobody. */
function itemsOf<Item>(listed: unknown, read: (item: Loose) => Item | undefined): readonly Item[] {
  const candidates: readonly unknown[] = typeof listed === 'object' ? Object.values(listed ?? {}) : []
  return candidates.flatMap((candidate) => read(Object(candidate)) ?? [])
}

/** The document types ids as numbers, but PHP likes to write them as texts. */
function identified<Rest extends object>(
  id: unknown,
  rest: Rest,
): (Rest & { readonly id: number }) | undefined {
  return /^[1-9]\d{0,14}$/.test(textOf(id)) ? { id: Number(id), ...rest } : undefined
}

function textOf(told: unknown): string {
  return typeof told === 'string' || typeof told === 'number' ? String(told) : ''
}
