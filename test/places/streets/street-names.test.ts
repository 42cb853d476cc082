import { describe, expect, it } from 'vitest'
import {
  addressText,
  findExactRow,
  foldHouseNumber,
  namesHousing,
} from '../../../src/places/streets/street-names.ts'

const kladr = '72000001000001100'
const street = (type: string, name: string) => ({ kladr, type, name })
const house = (name: string) => ({ kladr: '7200000100000110012', name })

describe('the text of a street', () => {
  it.each([
    ['ул', 'Ленина', 'ул. Ленина'],
    ['ул.', 'Ленина', 'ул. Ленина'],
    ['пр-кт', 'Мира', 'пр-кт Мира'],
    ['проезд', '2-й Южный', 'проезд 2-й Южный'],
    ['ш', 'Энтузиастов', 'ш. Энтузиастов'],
    ['', 'Посёлок 1', 'Посёлок 1'],
  ])('%s %s is %s', (type, name, text) => {
    expect(addressText(street(type, name))).toBe(text)
  })
})

describe('the street that a text names', () => {
  const streets = [
    street('ул', 'Ленина'),
    street('пер', 'Мира'),
    street('пр-кт', 'Мира'),
    street('ул', '1-я Садовая'),
    street('ул', 'Набережная'),
    street('наб', 'Туры'),
  ]
  it.each([
    ['Ленина', 'ул. Ленина'],
    ['УЛИЦА ЛЕНИНА', 'ул. Ленина'],
    ['ул.Ленина', 'ул. Ленина'],
    ['Ленина ул', 'ул. Ленина'],
    ['пер. Мира', 'пер. Мира'],
    ['проспект Мира', 'пр-кт Мира'],
    ['1я Садовая', undefined],
    ['1-я Садовая', 'ул. 1-я Садовая'],
    ['Набережная', 'ул. Набережная'],
    ['набережная Туры', 'наб. Туры'],
    // Two streets have this name.
    ['Мира', undefined],
    ['площадь Ленина', undefined],
    ['Лен', undefined],
    ['наб', undefined],
    ['ул', undefined],
  ])('%s is %s', (text, expected) => {
    const row = findExactRow(streets, text)
    expect(row && addressText(row)).toBe(expected)
  })
})

describe('a house that a text names', () => {
  it.each([
    ['12', '12'],
    ['д. 12', '12'],
    ['дом 12', '12'],
    ['12 К2', '12к2'],
    ['12, корп. 2', '12к2'],
    ['12 корпус 2', '12к2'],
    ['12 стр. 1', '12с1'],
    ['7А', '7а'],
    ['5/1', '5/1'],
    ['5-1', '5-1'],
  ])('%s is %s', (text, folded) => {
    expect(foldHouseNumber(text)).toBe(folded)
    expect(findExactRow([house('1'), house(folded)], text)).toEqual(
      folded === '1' ? undefined : house(folded),
    )
  })

  it('is not found where only a part of the number is the same', () => {
    expect(findExactRow([house('12'), house('12к2'), house('5/1')], '12/2')).toBe(undefined)
    expect(findExactRow([house('12к2')], '12')).toBe(undefined)
    expect(findExactRow([house('51')], '5/1')).toBe(undefined)
    for (const text of ['5 1', '5.1', '5, 1', 'д. 5 1'])
      expect(findExactRow([house('51'), house('5/1')], text)).toBe(undefined)
  })
})

describe('the housing that a house names', () => {
  it.each([
    ['12к2', '2', true],
    ['12к2', 'корп. 2', true],
    ['12 корпус 2', 'К2', true],
    ['12к2', '1', false],
    ['12к2', '12к2', false],
    ['12', '2', false],
    ['12с2', '2', false],
    ['12к2', '', false],
  ])('of %s is %s: %s', (name, housing, expected) => {
    expect(namesHousing(house(name), housing)).toBe(expected)
  })
})
