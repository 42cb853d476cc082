import {
  array,
  type GenericSchema,
  object,
  optional,
  pipe,
  safeParse,
  string,
  transform,
  union,
  number,
  unknown,
} from 'valibot'
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
  readonly stages: readonly { readonly id: number; readonly name: string; readonly order: number }[]
}

/** Somebody who works in the CRM. */
export interface FiveCrmManager {
  readonly id: number
  readonly name: string
  readonly phone: string
  readonly email: string
}

/** The calls that read 5CRM's own lists, for an operator who sets a destination up. */
export interface FiveCrmLists {
  readonly customFields: Operation<FiveCrmConfig, CallContext, ListAnswer<FiveCrmField>>
  readonly funnels: Operation<FiveCrmConfig, CallContext, ListAnswer<FiveCrmFunnel>>
  /** Needs the secret token. */
  readonly managers: Operation<FiveCrmConfig, CallContext, ListAnswer<FiveCrmManager>>
}

/** The document types ids as numbers, but PHP likes to write them as texts. */
const id = pipe(
  union([number(), pipe(string(), transform(Number))]),
  transform((read) => Math.trunc(read) || 0),
)
const text = pipe(
  optional(union([string(), number()]), ''),
  transform((read) => String(read)),
)
const stage = object({ id, name: text, order: optional(id, 0) })

const customField: GenericSchema<unknown, FiveCrmField> = object({ field: string(), name: text, type: text })
const funnel: GenericSchema<unknown, FiveCrmFunnel> = pipe(
  object({ id, name: text, is_default: optional(unknown()), stages: optional(array(stage), []) }),
  transform(({ is_default: isDefault, ...rest }) => ({
    ...rest,
    isDefault: isDefault === 'true' || isDefault === true,
  })),
)
const manager: GenericSchema<unknown, FiveCrmManager> = object({ id, name: text, phone: text, email: text })

/** {@link FiveCrmLists}. */
export const fiveCrmLists: FiveCrmLists = {
  customFields: list('public/deal/get-custom-fields', 'fields', customField),
  funnels: list('public/funnels/get', 'funnels', funnel),
  managers: list('public/managers/get', 'managers', manager, ({ secretToken }) => secretToken),
}

function list<Item>(
  path: string,
  member: string,
  schema: GenericSchema<unknown, Item>,
  secretOf: (config: FiveCrmConfig) => string | undefined = () => undefined,
): Operation<FiveCrmConfig, CallContext, ListAnswer<Item>> {
  return {
    retry: 'safe',
    request(config) {
      const { baseUrl, publicToken } = config
      const secret = secretOf(config)
      const query = new URLSearchParams({
        public_token: publicToken,
        ...(secret === undefined ? {} : { secret_token: secret }),
      })
      return {
        method: 'GET',
        url: `${baseUrl.replace(/\/+$/, '')}/${path}?${query}`,
        headers: { accept: 'application/json' },
      }
    },
    outcome: (result) => readList(result, member, schema),
  }
}

function readList<Item>(
  result: HttpResult,
  member: string,
  schema: GenericSchema<unknown, Item>,
): ListAnswer<Item> {
  if ('failure' in result) return { problem: `no answer: ${result.failure}`, retryable: true }
  const { status, body } = result
  const answer = status === 200 ? readFiveCrmAnswer(body) : undefined
  const listed = answer && saysYes(answer) ? answer[member] : undefined
  if (typeof listed !== 'object' || listed === null) {
    const retryable = status === 408 || status === 429 || status >= 500
    const refused = status === 401 || status === 403 ? ': the token was refused' : ''
    return { problem: `status ${status}, no ${member}${refused}`, retryable }
  }
  // PHP writes a list with gaps as an object. An item that is none of the documented shape helps nobody.
  const items = Object.values(listed).flatMap((candidate: unknown) => {
    const item = safeParse(schema, candidate)
    return item.success ? [item.output] : []
  })
  return { items }
}
