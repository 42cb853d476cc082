import { expect, it } from 'vitest'
import type { City } from '../../src/places/place.ts'
import { createCitySearch } from '../../src/places/place-search.ts'
import { createRandom } from '../support/random.ts'
import { inventedNames } from './invented-names.ts'
import { latinSpelling, latinSystems } from './latin-spelling.ts'

const random = createRandom(20_261_122)
const names = inventedNames(random, 1000)
const search = createCitySearch(names.map(placeOf))
const letters = 'абвгдежзийклмнопрстуфхцчшщъыьэюя'.split('')
const latinKeys = "f,dult;pbqrkvyjghcnea[wxio]sm'.z`"
const russianKeys = 'абвгдежзийклмнопрстуфхцчшщъыьэюяё'

function placeOf(name: string, index: number): City {
  return { id: `list:${index}`, name, type: 'г', regionId: 'list:1', region: 'Область' }
}

/** Changes to a name while it is typed. */
const ways: Readonly<Record<string, (name: string) => string>> = {
  'a letter too many': (name) => spliced(name, 0, anyLetter()),
  'a letter too few': (name) => spliced(name, 1, ''),
  'another letter': (name) => spliced(name, 1, anyLetter()),
  'two letters swapped': swapped,
  'the wrong layout': (name) =>
    name.toLowerCase().replace(/[а-яё]/g, (letter) => latinKeys.charAt(russianKeys.indexOf(letter))),
  ...Object.fromEntries(
    latinSystems.map((system) => [system, (name: string) => latinSpelling(name, system)]),
  ),
}

function anyLetter(): string {
  return letters[random.below(letters.length)] ?? 'а'
}

function spliced(name: string, length: number, letter: string): string {
  const at = random.below(name.length)
  return name.slice(0, at) + letter + name.slice(at + length)
}

function swapped(name: string): string {
  const at = random.below(name.length - 1)
  return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2)
}

it.each(Object.entries(ways))('a place is among the first three in 95 of 100 cases with %s', (way, typed) => {
  const missed = names.filter((name) => !search(typed(name), 3).some((city) => city.name === name))
  const found = 100 - (100 * missed.length) / names.length
  console.info(`${way}: ${found.toFixed(1)} %`)
  expect(found, `missed: ${missed.slice(0, 10).join(', ')}`).toBeGreaterThanOrEqual(95)
})
