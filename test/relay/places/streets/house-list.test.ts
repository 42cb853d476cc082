import { describe, expect, it } from 'vitest'
import { findHouses } from '../../../../src/relay/places/streets/house-search.ts'
import { foldHouse, parseHouseList } from '../../../../src/relay/places/streets/house-list.ts'

const code = '7200000100000240001'
const row = (names: string, kladr = code, index: string | null = null) => ({ kladr, names, index })

/** Whether a row gives its code to a house of exactly this name. */
function isNamed(names: string, house: string): boolean {
  return findHouses([row(names)], house).houses.some(({ name }) => foldHouse(name) === foldHouse(house))
}

describe('the list of houses of a row', () => {
  it.each<[names: string, named: readonly string[], notNamed: readonly string[]]>([
    ['1', ['1'], ['2', '11', '1а']],
    ['1,2,3к1', ['1', '2', '3к1', '3 корп. 1', '3 корпус 1', '3К1'], ['3', '3к', '3к11', '31']],
    ['5-9', ['5', '6', '7', '9'], ['4', '10', '5-9', '7а', '7к1']],
    ['Н(1-31)', ['1', '3', '31'], ['2', '30', '32', '33', '1а']],
    ['Н1-31', [], ['1', '3', '31', 'Н1-31']],
    ['Ч(2-30)', ['2', '4', '30'], ['1', '3', '31', '32']],
    ['Ч(1-5)', ['2', '4'], ['1', '3', '5']],
    ['Н(2-2)', [], ['2', 'Н(2-2)']],
    ['Н(1-9999)', ['1', '9999'], ['2', '10001']],
    ['12стр3', ['12стр3', '12 строение 3', '12с3'], ['12', '12стр', '3']],
    ['1.2,1_3,1 4', ['1.2', '1_3', '1 4'], ['12', '13', '14', '1']],
    ['12', ['12', 'д. 12', 'дом 12', '№12'], ['1 2', '1.2', '1-2', '1/2']],
    ['12в', ['12В'], ['12b', '12v']],
    ['двлд7', ['двлд7', 'домовладение 7'], ['7', 'влд7']],
    ['влд3стр2', ['влд3стр2', 'владение 3 строение 2'], ['3', '3стр2']],
    ['12/14', ['12/14', '12\\14'], ['12', '14', '12к14', '13']],
    ['12А', ['12а', '12-а', '12 А', '12A'], ['12', '12б']],
    ['литА', ['литА', 'литера А'], ['А', 'а1']],
    // What cannot be read is expanded by no guess.
    ['31-1', [], ['1', '2', '31', '31-1']],
    ['1а-5а', [], ['1а', '2а', '3', '5а', '1а-5а']],
    ['Н(1-31,35)', [], ['1', '3', '35', 'Н(1-31', '31']],
    ['Н(1-31', [], ['1', '31', 'Н(1-31']],
    ['Ч', [], ['2', 'Ч']],
    ['Н,Ч', [], ['1', '2']],
    ['1-99999', [], ['1', '2', '99', '99999']],
    ['01-09', [], ['1', '01', '5']],
    ['0-9', [], ['5', '0', '9']],
    [' 1 ,, 2 ,', ['1', '2'], ['']],
    ['---,(),*', [], ['1', '-', '*']],
  ])('%s', (names, named, notNamed) => {
    for (const house of named) expect([house, isNamed(names, house)]).toEqual([house, true])
    for (const house of notNamed) expect([house, isNamed(names, house)]).toEqual([house, false])
  })

  it('is read entry by entry', () => {
    expect(parseHouseList('1,3к1,5-9,Н(1-31),Ч(2-30),Щ(1-2)')).toEqual([
      { kind: 'house', name: '1' },
      { kind: 'house', name: '3к1' },
      { kind: 'range', first: 5, last: 9, step: 1 },
      { kind: 'range', first: 1, last: 31, step: 2 },
      { kind: 'range', first: 2, last: 30, step: 2 },
      { kind: 'other', text: 'Щ(1-2)' },
    ])
  })
})

describe('any rows of a street', () => {
  /** The same sequence in every run. */
  function createRandom(seed: number) {
    let state = seed
    return (limit: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * limit)
    }
  }

  it('give each house that they name, and no other, the code of its row', () => {
    const random = createRandom(7)
    for (let round = 0; round < 300; round += 1) {
      /** The rows that name a house, by its folded name. */
      const named = new Map<string, Set<string>>()
      const ranged = new Map<string, Set<string>>()
      const add = (to: Map<string, Set<string>>, house: string, kladr: string) =>
        to.set(house, (to.get(house) ?? new Set()).add(kladr))
      const rows = Array.from({ length: 1 + random(4) }, (_, at) => {
        const kladr = `720000010000024${String(at + 1).padStart(4, '0')}`
        const entries = Array.from({ length: 1 + random(5) }, () => {
          const [first, size] = [1 + random(40), random(30)]
          const kind = random(6)
          if (kind < 2) {
            const name = `${first}${['', 'а', 'к2', 'стр1', '/3'][random(5)]}`
            add(named, name, kladr)
            return name
          }
          const last = first + 1 + size
          for (let number = first; number <= last; number += 1)
            if (kind < 4 || number % 2 === (kind === 4 ? 1 : 0)) add(ranged, String(number), kladr)
          return kind < 4 ? `${first}-${last}` : `${kind === 4 ? 'Н' : 'Ч'}(${first}-${last})`
        })
        return row(entries.join(','), kladr)
      })
      const houses = Array.from({ length: 80 }, (_, index) => String(index + 1))
      for (const house of [...houses, ...named.keys(), '1б', '2к3', '5стр2', '7/9']) {
        const expected = named.get(house) ?? ranged.get(house) ?? new Set()
        const found = findHouses(rows, house).houses.filter(({ name }) => name === house)
        expect(new Set(found.map(({ kladr }) => kladr))).toEqual(expected)
      }
    }
  })
})

describe('the suggestions for a house', () => {
  const rows = [row('Н(1-31),12а', code, '625000'), row('2,10,100-104,1к1,12', '7200000100000240002')]

  it('are the same house first, then those that begin so, by number', () => {
    expect(findHouses(rows, '1').houses.map(({ name }) => name)).toEqual([
      '1',
      '1к1',
      '10',
      '11',
      '12',
      '12а',
      '13',
      '15',
      '17',
      '19',
      '100',
      '101',
      '102',
      '103',
      '104',
    ])
    expect(findHouses(rows, '12').houses).toEqual([
      { kladr: '7200000100000240002', name: '12' },
      { kladr: code, name: '12а', index: '625000' },
    ])
  })

  it('are the first by number for no text', () => {
    expect(
      findHouses(rows, '')
        .houses.slice(0, 4)
        .map(({ name }) => name),
    ).toEqual(['1', '1к1', '2', '3'])
    expect(findHouses(rows, ' ').complete).toBe(true)
  })

  it('are at most 50, and say so', () => {
    for (const names of [
      '1-9999',
      'Н(1-9999),Ч(2-9998)',
      Array.from({ length: 60 }, (_, at) => at + 1).join(','),
    ]) {
      const { houses, complete } = findHouses([row(names)], '')
      expect([houses.map(({ name }) => name), complete]).toEqual([
        Array.from({ length: 50 }, (_, index) => String(index + 1)),
        false,
      ])
    }
    expect(findHouses([row('1-50')], '')).toMatchObject({ complete: true })
  })

  it('prefer a row that names a house to a range, and give both codes of one that two rows name', () => {
    const other = '7200000100000240002'
    expect(findHouses([row('1-20'), row('13', other)], '13').houses).toEqual([{ kladr: other, name: '13' }])
    expect(findHouses([row('13'), row('13,13', other)], '13').houses).toEqual([
      { kladr: code, name: '13' },
      { kladr: other, name: '13' },
    ])
  })
})
