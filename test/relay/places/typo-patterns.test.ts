import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTypoPatterns } from '../../../src/relay/places/typo-patterns.ts'

/** What a search finds among names, by the rules of SQL. */
function finds(text: string, name: string): boolean {
  return createTypoPatterns(text).some((slip) => {
    if ('start' in slip) return name.startsWith(slip.start)
    return 'name' in slip ? name === slip.name : like(name, slip.pattern)
  })
}

function like(name: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, 's').test(name)
}

const letter = fc.constantFrom('а', 'б', 'в', 'г', 'д')
const word = (minLength: number, maxLength: number) => fc.string({ unit: letter, minLength, maxLength })

/** A slip of each kind behind the first letters, where a half of the text stays whole. */
const slip = fc.record({ kind: fc.constantFrom('more', 'less', 'other', 'swap'), at: fc.nat(), by: letter })

function slipped(name: string, { kind, at: anywhere, by }: { kind: string; at: number; by: string }): string {
  const at = anywhere % name.length
  if (kind === 'more') return name.slice(0, at) + by + name.slice(at)
  if (kind === 'less') return name.slice(0, at) + name.slice(at + 1)
  if (kind === 'other') return name.slice(0, at) + by + name.slice(at + 1)
  return name.slice(0, at) + name.slice(at + 1, at + 2) + name.charAt(at) + name.slice(at + 2)
}

it('a name is found by itself with any slip, from six letters on', () => {
  fc.assert(
    fc.property(word(7, 24), slip, (name, how) => {
      expect({ name, text: slipped(name, how), found: finds(slipped(name, how), name) }).toMatchObject({
        found: true,
      })
    }),
    { numRuns: 5000 },
  )
})

it('a longer name is found by its beginning with a slip, from six letters on', () => {
  fc.assert(
    fc.property(word(7, 16), word(1, 8), slip, (beginning, rest, how) => {
      expect({
        beginning,
        rest,
        text: slipped(beginning, how),
        found: finds(slipped(beginning, how), beginning + rest),
      }).toMatchObject({ found: true })
    }),
    { numRuns: 5000 },
  )
})

it.each([
  ['мсква', 'москва'],
  ['масква', 'москва'],
  ['моксва', 'москва'],
  ['москваа', 'москва'],
  ['тобо', 'тобол'],
  ['уф', 'уфа'],
])('%s finds %s or not, by its length', (text, name) => {
  expect(finds(text, name)).toBe(text.length >= 4)
})

it('a text that is too short finds nothing', () => {
  expect(createTypoPatterns('уфа')).toEqual([])
})
