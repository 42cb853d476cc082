import fc from 'fast-check'
import { digits } from './kinds-under-test.ts'

const prefixes = [
  '',
  '8',
  '7',
  '+7',
  '+8',
  '007',
  '00 7',
  '8 10 7',
  '8107',
  '+7 7',
  '+7 8',
  '+7 +7',
  '8 +7',
  '7 8',
  '+ 7',
] as const
const spaces = ['', ' ', '\u00a0', '\u2009', '\u202f', '\t', '  '] as const
const dashes = ['-', '\u2010', '\u2011', '\u2012', '–', '—', '\u2212', '\uff0d', '.', ' - '] as const
const invisible = [
  '',
  '\u200b',
  '\u200e',
  '\u202a',
  '\u202c',
  '\u2066',
  '\u2069',
  '\ufeff',
  '\u00ad',
] as const
const brackets = [
  ['', ''],
  ['(', ')'],
  ['（', '）'],
] as const

const gap = fc.oneof(fc.constantFrom(...spaces), fc.constantFrom(...dashes))
const invisibleCharacter = fc.constantFrom(...invisible)

/** A mobile number and one of its spellings by people and phones. */
export const decoratedPhone = fc
  .record({
    rest: digits(9),
    prefix: fc.constantFrom(...prefixes),
    bracket: fc.constantFrom(...brackets),
    gaps: fc.array(gap, { minLength: 3, maxLength: 3 }),
    afterPrefix: fc.constantFrom(...spaces, '-'),
    around: fc.array(fc.tuple(invisibleCharacter, fc.constantFrom(...spaces), invisibleCharacter), {
      minLength: 2,
      maxLength: 2,
    }),
    inside: invisibleCharacter,
    uri: fc.constantFrom('', '', 'tel:', 'TEL:'),
    wide: fc.boolean(),
  })
  .map(({ rest, prefix, bracket, gaps, afterPrefix, around, inside, uri, wide }) => {
    const national = `9${rest}`
    const [open, close] = bracket
    const groups = [
      open + national.slice(0, 3) + inside + close,
      national.slice(3, 6),
      national.slice(6, 8),
      national.slice(8),
    ]
    const joined = groups.map((group, index) => group + (gaps[index] ?? '')).join('')
    const plain = `${prefix}${prefix === '' ? '' : afterPrefix}${joined}`
    const written = wide ? plain.replace(/[0-9+]/g, fullWidth) : plain
    const [before = [], after = []] = around
    return { number: `+7${national}`, text: `${before.join('')}${uri}${written}${after.join('')}` }
  })

function fullWidth(sign: string): string {
  return String.fromCharCode(sign.charCodeAt(0) + 0xfee0)
}
