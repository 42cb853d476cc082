import { array, object, parse, string } from 'valibot'
import type { FieldName } from '../../../src/fields/fields.ts'
import { vectors } from '../../fields/vectors.ts'
import json from '../../fixtures/vectors.json' with { type: 'json' }

const bad = array(string())
const { series, number } = parse(
  object({ passport: object({ series: object({ bad }), number: object({ bad }) }) }),
  json,
).passport

const iso = (day: string): string => day.split('.').toReversed().join('-')

type Readable = [name: FieldName, text: string, values: Readonly<Record<string, string>>]

/** Texts that a field accepts, and their values. */
export const readable: readonly Readable[] = [
  ...vectors.phone.ok.map(([text, phone]): Readable => ['phone', text, { phone }]),
  ...vectors.passport.combined.map(([text, [passportSeries, passportNumber]]): Readable => [
    'passport',
    text,
    { passportSeries, passportNumber },
  ]),
  ...vectors.date.ok.map(([text, day]): Readable => [
    'passportIssuedDate',
    text,
    { passportIssuedDate: iso(day) },
  ]),
  ...vectors.name.ok.map((text): Readable => ['lastName', text, { lastName: text }]),
  ...vectors.name.fix.map(([text, lastName]): Readable => ['lastName', text, { lastName }]),
]

/** Texts that a field refuses. */
export const unreadable: readonly [name: FieldName, text: string][] = [
  ...vectors.phone.bad.map(([text]): [FieldName, string] => ['phone', text]),
  ...series.bad.map((text): [FieldName, string] => ['passport', text && `${text} 000050`]),
  ...number.bad.map((text): [FieldName, string] => ['passport', text && `4510 ${text}`]),
  ...vectors.date.bad.map((text): [FieldName, string] => ['passportIssuedDate', text]),
  ...vectors.name.bad.map((text): [FieldName, string] => ['lastName', text]),
]
