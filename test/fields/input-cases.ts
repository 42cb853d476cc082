import {
  array,
  optional,
  parse,
  picklist,
  record,
  strictObject,
  string,
  union,
  number,
  pipe,
  guard,
} from 'valibot'
import { isFieldName } from '../../src/fields/fields.ts'
import json from '../fixtures/input-cases.json' with { type: 'json' }

const schema = array(
  strictObject({
    field: pipe(string(), guard(isFieldName)),
    how: picklist(['type', 'paste', 'ime', 'autofill']),
    input: string(),
    accept: array(union([string(), number(), record(string(), string())])),
    note: optional(string()),
  }),
)

/** A text that people enter, the way in which they do, and every result that is right. */
export type InputCase = (typeof inputCases)[number]

/** The cases of `test/fixtures/input-cases.json`. All of its people are invented. */
export const inputCases = parse(schema, json)

/** What became of a text: its value (`undefined` for none), whether the field is refused, and what the control shows. */
export interface Entered {
  readonly value: unknown
  readonly refused: boolean
  readonly shown: string
}

/** Describes the outcome as one of the accepted results, if it is one; otherwise as what it is. */
export function matchAccepted({ input, accept }: InputCase, entered: Entered): unknown {
  const { value, refused, shown } = entered
  const result = accept.find((accepted) => {
    if (accepted === 'empty') return value === undefined && !refused && shown === ''
    if (accepted === 'refused, shown') return refused && shown !== ''
    if (accepted === 'refused, shown as it came') return refused && shown === input
    return !refused && JSON.stringify(accepted) === JSON.stringify(value)
  })
  return result ?? entered
}

/** A case's name in a table of tests. */
export function nameOfCase({ field, how, input }: InputCase): string {
  return `${field}, ${how}: ${JSON.stringify(input)}`
}
