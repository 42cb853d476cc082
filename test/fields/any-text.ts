import fc from 'fast-check'
import { oneOf } from './kinds-under-test.ts'

const half = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))
/** Characters that people type into forms, and those that pasting adds. */
const usual = oneOf(
  [
    '0123456789',
    ' +-().,/№\u00a0\u2011–—\u2212',
    'абвЁёИйшЯОоРТ',
    "Ivano'’ʼ`-@.:",
    '\u0000\t\n\r\u200b\u200e\u202a\u202c\u2066\u0306\u0308\ufeff\u00ad',
    '７０（½²٣①＋',
  ].join(''),
)

/** Text of any characters, lone surrogates included. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: half, maxLength: 30 }),
  { weight: 3, arbitrary: fc.string({ unit: usual, maxLength: 30 }) },
)

/** A text with an insertion or a replacement. */
export function spoiled(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const junk = fc.oneof(fc.string({ unit: usual, maxLength: 3 }), fc.string({ unit: half, maxLength: 2 }))
  return fc
    .tuple(text, fc.nat(40), fc.nat(2), junk)
    .map(([whole, at, cut, put]) => whole.slice(0, at) + put + whole.slice(at + cut))
}
