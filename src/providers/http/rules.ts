import {
  array,
  boolean,
  check,
  type InferOutput,
  integer,
  maxValue,
  minLength,
  minValue,
  nonEmpty,
  null_,
  number,
  optional,
  picklist,
  pipe,
  record,
  regex,
  strictObject,
  string,
  union,
} from 'valibot'

/** A name or a path that is not empty. */
export const name = pipe(string(), nonEmpty('a name'))
const scalar = union([string(), number(), boolean()], 'a text, a number, true or false')

/** `dd.MM.yyyy`, `yyyy-MM-dd HH:mm:ss`, or `unix` for seconds since 1970. */
const datePattern = pipe(
  string(),
  regex(
    /^(?:unix|(?:yyyy|yy|dd|MM|HH|mm|ss|xxx|[-./: ,]|'[^']*')+)$/,
    'a date pattern, such as "dd.MM.yyyy", "yyyy-MM-dd HH:mm:ss" or "unix"',
  ),
)
const condition = { with: optional(name) }

/** What a parameter of the interface is filled with. */
export const httpRuleSchema = union(
  [
    name,
    strictObject({
      field: name,
      date: optional(datePattern),
      digits: optional(pipe(number(), integer('a whole number'), minValue(1, '1 or more'))),
      map: optional(record(string(), scalar)),
      ...condition,
    }),
    strictObject({ value: union([scalar, null_()], 'a text, a number, true, false or null'), ...condition }),
    strictObject({ template: name, ...condition }),
    strictObject({ moment: name, date: datePattern, ...condition }),
    strictObject({ secret: name }),
  ],
  'the name of a field, { "field": …, "date" | "digits" | "map": … }, { "template": "{lastName} {firstName}" }, { "value": … } or { "moment": "received", "date": … }',
)

/** One of {@link httpRuleSchema}. */
export type HttpRule = InferOutput<typeof httpRuleSchema>

/** The outcomes that a rule can name. */
export const ruleOutcomes = [
  'accepted',
  'duplicate',
  'declined',
  'invalid',
  'refused',
  'unavailable',
] as const

const expectedStatus = 'an HTTP status, 100 to 599'
const status = pipe(
  number(),
  integer(expectedStatus),
  minValue(100, expectedStatus),
  maxValue(599, expectedStatus),
)

/** What an answer means: the first rule whose `status` and `path` it meets decides. */
export const outcomeRuleSchema = pipe(
  strictObject({
    status: optional(pipe(array(status, 'a list'), minLength(1, 'at least one status'))),
    path: optional(name),
    oneOf: optional(pipe(array(scalar, 'a list'), minLength(1, 'at least one value'))),
    outcome: picklist(ruleOutcomes, ruleOutcomes.join(', ')),
    id: optional(name),
    payout: optional(name),
    reason: optional(name),
    issues: optional(
      strictObject({
        path: name,
        name: optional(name),
        message: optional(name),
        fields: optional(record(string(), name)),
      }),
    ),
  }),
  check(
    ({ status, path }) => status !== undefined || path !== undefined,
    '"status" or "path": a rule without both would meet every answer',
  ),
  check(({ path, oneOf }) => oneOf === undefined || path !== undefined, '"path" beside "oneOf"'),
)

/** One of {@link outcomeRuleSchema}. */
export type OutcomeRule = InferOutput<typeof outcomeRuleSchema>
