import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTypoPatterns } from '../../../src/relay/places/typo-patterns.ts'

/** Whether a search for a text finds a name, by the rules of SQL. */
function finds(text: string, name: string): boolean {
  return createTypoPatterns(text).some((one) => {
    if ('start' in one) return name.startsWith(one.start)
    return 'name' in one ? name === one.name : matchesLike(name, one.pattern)
  })
}

function matchesLike(name: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, 's').test(name)
}

const letter = fc.constantFrom('а', 'б', 'в', 'г', 'д')
const word = (minLength: number, maxLength: number) => fc.string({ unit: letter, minLength, maxLength })

/** A typing error of each kind at any place. */
const typo = fc.record({ kind: fc.constantFrom('more', 'less', 'other', 'swap'), at: fc.nat(), by: letter })

function addTypo(name: string, { kind, at: anywhere, by }: { kind: string; at: number; by: string }): string {
  const at = anywhere % name.length
  if (kind === 'more') return name.slice(0, at) + by + name.slice(at)
  if (kind === 'less') return name.slice(0, at) + name.slice(at + 1)
  if (kind === 'other') return name.slice(0, at) + by + name.slice(at + 1)
  return name.slice(0, at) + name.slice(at + 1, at + 2) + name.charAt(at) + name.slice(at + 2)
}

it('a name of seven letters or more is found with any typing error', () => {
  fc.assert(
    fc.property(word(7, 24), typo, (name, how) => {
      expect({ name, text: addTypo(name, how), found: finds(addTypo(name, how), name) }).toMatchObject({
        found: true,
      })
    }),
    { numRuns: 5000 },
  )
})

it('a name is found by a prefix of seven letters or more with any typing error', () => {
  fc.assert(
    fc.property(word(7, 16), word(1, 8), typo, (prefix, rest, how) => {
      expect({
        prefix,
        rest,
        text: addTypo(prefix, how),
        found: finds(addTypo(prefix, how), prefix + rest),
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
])('%s finds %s if it has four letters or more', (text, name) => {
  expect(finds(text, name)).toBe(text.length >= 4)
})

it('a text that is too short finds nothing', () => {
  expect(createTypoPatterns('уфа')).toEqual([])
})
