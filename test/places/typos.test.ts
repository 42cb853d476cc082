import fc from 'fast-check'
import { expect, it } from 'vitest'
import { editDistance } from '../../src/fields/text/edit-distance.ts'
import { createCitySearch } from '../../src/places/place-search.ts'
import { seed } from '../support/random.ts'

// Few letters, so that most texts are close to most names.
const word = fc.string({ unit: fc.constantFrom('а', 'б', 'в'), minLength: 1, maxLength: 9 })

function isFound(name: string, text: string): boolean {
  return createCitySearch([{ id: 'list:1', name, type: 'г', regionId: '', region: '' }])(text, 1).length > 0
}

/** The expected rank of a name, by trying all its beginnings. */
function isNear(name: string, text: string): boolean {
  if (name.startsWith(text)) return true
  const isFirstRight = name.charAt(0) === text.charAt(0)
  const beginnings = Array.from({ length: name.length }, (_, index) => name.slice(0, index + 1))
  const isSlip = text.length > 2 && (isFirstRight || name.length > 3) && editDistance(text, name) === 1
  const begins = beginnings.some((beginning) => editDistance(text, beginning) === 1)
  return isSlip || (text.length > (isFirstRight ? 3 : 5) && begins)
}

it('finds a name by its beginnings with at most one typo, and by nothing else', () => {
  fc.assert(
    fc.property(word, word, (name, text) => {
      expect(isFound(name, text)).toBe(isNear(name, text))
    }),
    { seed, numRuns: 20_000 },
  )
})

it('never matches across two names', () => {
  const names = ['Аба', 'Вабабв', 'Баба']
  const cities = names.map((name) => ({ id: `list:${name}`, name, type: 'г', regionId: '', region: '' }))
  const found = (text: string): readonly string[] => createCitySearch(cities)(text, 9).map(({ name }) => name)
  expect(found('абававабаб')).toEqual([])
  expect(found('абааба')).toEqual([])
})
