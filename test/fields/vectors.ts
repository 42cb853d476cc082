import { array, nullable, number, parse, strictObject, string, tuple } from 'valibot'
import json from '../fixtures/vectors.json' with { type: 'json' }

const texts = array(string())
const pairs = array(tuple([string(), string()]))
// The second item explains the first.
const explained = array(tuple([string()]))

// Strict, so that every vector is tested.
const schema = strictObject({
  today: string(),
  snils: strictObject({ valid: explained, invalid: explained }),
  inn12: strictObject({ valid: explained, invalid: explained }),
  phone: strictObject({ ok: pairs, bad: explained }),
  passport: strictObject({
    series: strictObject({ ok: texts, normalized: texts, bad: texts }),
    number: strictObject({ ok: texts, bad: texts }),
    combined: array(tuple([string(), tuple([string(), string()])])),
  }),
  deptCode: strictObject({ ok: texts, normalize: pairs, bad: texts }),
  date: strictObject({ ok: pairs, bad: texts }),
  name: strictObject({ ok: texts, fix: pairs, bad: texts, wrongLayout: pairs }),
  email: strictObject({ ok: texts, bad: texts, tooLongForAdmitad: texts, typos: pairs }),
  amount: strictObject({ ok: array(tuple([string(), nullable(number())])), bad: texts }),
  postalIndex: strictObject({ ok: texts, bad: texts }),
  kladr: strictObject({ cityOk: explained, cityBad: explained, street: explained, house: explained }),
  issue: array(
    strictObject({ birth: string(), issued: string(), problem: nullable(string()), why: string() }),
  ),
  age: array(tuple([string(), number()])),
})

/** The vectors of `test/fixtures/vectors.json`. All of its people are invented. */
export const vectors = parse(schema, json)
