import { describe, expect, it } from 'vitest'
import type { AddressQuery, StreetDirectory } from '../../../src/places/streets/street-directory.ts'
import { createStreetFinder } from '../../../src/places/streets/street-finder.ts'

const rows = [
  { kladr: '72000001000001100', name: 'Ленина', type: 'ул' },
  { kladr: '72000001000001200', name: 'Ленская', type: 'ул' },
]
const city = '7200000100000'

/** A finder whose directory gives the same answer to every query, and what it was asked. */
function createFinder(answer: StreetDirectory) {
  const asked: string[] = []
  const find = createStreetFinder((query, signal) => {
    asked.push(query.text)
    return answer(query, signal)
  }, 0)
  const { signal } = new AbortController()
  return {
    asked,
    find: (text: string, changes: Partial<AddressQuery> = {}) =>
      find({ list: 'streets', within: city, text, ...changes }, signal),
  }
}

describe('the finder of streets', () => {
  it('searches in a complete answer while the person types on', async () => {
    const { asked, find } = createFinder(async () => ({ rows, complete: true }))
    expect(await find(' ле ')).toEqual(rows)
    expect(await find('ленс')).toEqual([rows[1]])
    expect(await find('ленина ул')).toEqual([rows[0]])
    expect(asked).toEqual(['ле'])
    // It may be a typo, which the directory knows better.
    await find('лнеина')
    expect(asked).toEqual(['ле', 'лнеина'])
  })

  it('searches in all houses of a street by their beginnings', async () => {
    const houses = ['1', '12', '12к2', '5/12'].map((name) => ({ kladr: '7200000100000110012', name }))
    const { asked, find } = createFinder(async () => ({ rows: houses, complete: true }))
    const findNames = async (text: string) => (await find(text, { list: 'houses' })).map(({ name }) => name)
    expect(await findNames('')).toEqual(['1', '12', '12к2', '5/12'])
    expect(await findNames('12')).toEqual(['12', '12к2'])
    expect(await findNames('12 корп. 2')).toEqual(['12к2'])
    expect(asked).toEqual([''])
  })

  it('asks again where an answer is not complete, and once for a text', async () => {
    const { asked, find } = createFinder(async () => ({ rows, complete: false }))
    for (const text of ['ле', 'лен', 'ле']) await find(text)
    expect(asked).toEqual(['ле', 'лен'])
  })

  it('keeps the answers for cities, streets and houses apart', async () => {
    const { asked, find } = createFinder(async () => ({ rows, complete: true }))
    await find('ле')
    await find('ле', { within: '7200000200000' })
    await find('ле', { list: 'houses' })
    expect(asked).toHaveLength(3)
  })

  it('does not ask for a text that has changed, and rejects as its directory does', async () => {
    const asked: AddressQuery[] = []
    const find = createStreetFinder(async (query) => {
      asked.push(query)
      throw new TypeError('streets: status 404')
    }, 100)
    const { signal } = new AbortController()
    // The first letter is asked for at once.
    await expect(find({ list: 'streets', within: city, text: 'л' }, signal)).rejects.toThrow('404')
    const typing = new AbortController()
    const found = find({ list: 'streets', within: city, text: 'ле' }, typing.signal)
    typing.abort()
    await expect(found).rejects.toThrow('aborted')
    expect(asked.map(({ text }) => text)).toEqual(['л'])
    await expect(find({ list: 'streets', within: city, text: 'ле' }, signal)).rejects.toThrow('404')
  })
})
