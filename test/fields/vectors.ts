import { array, nullable, number, object, parse, string, tuple } from 'valibot'
import json from '../fixtures/vectors.json' with { type: 'json' }

const texts = array(string())
const pairs = array(tuple([string(), string()]))
// What stands after the text explains it.
const explained = array(tuple([string()]))

const schema = object({
  today: string(),
  phone: object({ ok: pairs, bad: explained }),
  passport: object({ combined: array(tuple([string(), tuple([string(), string()])])) }),
  deptCode: object({ ok: texts, normalise: pairs, bad: texts }),
  date: object({ ok: pairs, bad: texts }),
  name: object({ ok: texts, fix: pairs, bad: texts, wrongLayout: pairs }),
  email: object({ ok: texts, bad: texts, tooLongForAdmitad: texts }),
  amount: object({ ok: array(tuple([string(), nullable(number())])), bad: texts }),
  kladr: object({ cityOk: explained, cityBad: explained, street: explained, house: explained }),
  issue: array(object({ birth: string(), issued: string(), problem: nullable(string()), why: string() })),
  age: array(tuple([string(), number()])),
})

/** The vectors of `test/fixtures/vectors.json` whose rules exist so far. All of its people are invented. */
export const vectors = parse(schema, json)
