import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toStorableJson, toStorableText } from '../../../src/relay/database/connection/storable.ts'
import { seed } from '../../support/random.ts'

const anyText = fc.string({ unit: 'binary' })

it.each([
  ['a\0b', 'ab'],
  ['\ud800', '\ufffd'],
  ['😀', '😀'],
  [String.raw`\u0000`, String.raw`\u0000`],
])('a text is stored without what PostgreSQL cannot hold: %j', (text, stored) => {
  expect(toStorableText(text)).toBe(stored)
  expect(JSON.parse(toStorableJson(JSON.stringify({ [text]: [text] })))).toEqual({ [stored]: [stored] })
})

it.each([
  [String.raw`"\ud83d\ude00"`, '😀'],
  [String.raw`"\uD83D\uDE00\ude00"`, '😀\ufffd'],
  [String.raw`"\\ud800\u0041"`, String.raw`\ud800A`],
  [String.raw`"\"\u0000\""`, '""'],
])('escapes in JSON are read as JSON reads them: %s', (json, value) => {
  expect(JSON.parse(toStorableJson(json))).toBe(value)
})

it('changes nothing else', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), anyText, (value, text) => {
      const stored = toStorableJson(JSON.stringify(value))
      expect(stored.includes('\0')).toBe(false)
      expect(toStorableJson(stored)).toBe(stored)
      const hasEscapes = /\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value))
      expect(hasEscapes || stored === JSON.stringify(value)).toBe(true)
      expect(JSON.parse(toStorableJson(JSON.stringify(text)))).toBe(toStorableText(text))
    }),
    { seed },
  )
})
