import { property, assert as check, string, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../../src/embed/attribution/query.ts'
import { encodeInWindows1251 } from '../../support/windows-1251.ts'

const valueOf = (encoded: string) => new Map(parseQuery(`?utm_term=${encoded}&a=1`)).get('utm_term')

describe('a parameter of an address', () => {
  it('is read as URLSearchParams does where it is in UTF-8', () => {
    check(
      property(string({ unit: 'grapheme' }), (text) => {
        const query = new URLSearchParams({ [text]: text, other: 'a b' }).toString()
        expect(parseQuery(`?${query}`)).toEqual([...new URLSearchParams(query)])
      }),
    )
  })

  it('is read where it is Russian in windows-1251', () => {
    check(
      property(stringMatching(/^[А-Яа-я]([а-я]+[ №–«»]?)+$/), (text) => {
        expect(valueOf(encodeInWindows1251(text))).toBe(text)
      }),
    )
  })

  it.each([
    ['%CF%F0%E8%E2%E5%F2', 'Привет'],
    ['%C7%E0%FF%E2%EA%E0+%ED%E0+%E7%E0%B8%EC', 'Заявка на заём'],
    ['loan_%CC%EE%F1%EA%E2%E0-15', 'loan_Москва-15'],
    ['%CF', 'П'],
    [encodeURIComponent('займ'), 'займ'],
    // An ad system has cut the text in the middle of a character.
    [encodeURIComponent('займ').slice(0, -3), 'зай'],
    ['100%', '100%'],
    ['%zz', '%zz'],
    ['a=b', 'a=b'],
    ['', ''],
  ])('%s is %s', (encoded, text) => {
    expect(valueOf(encoded)).toBe(text)
  })
})
