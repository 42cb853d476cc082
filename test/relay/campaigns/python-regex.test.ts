import { describe, expect, it } from 'vitest'
import { createPatternMatcher } from '../../../src/relay/campaigns/python-regex.ts'

const matches = createPatternMatcher()

describe('a Python pattern', () => {
  it.each<[string, string, boolean]>([
    ['^[a-zA-Z]+$', 'Ivan', true],
    ['^[a-zA-Z]+$', 'Иван', false],
    // A comma in a class is one of its characters.
    ['^[1,3,7,8]{1}$', '7', true],
    ['^[1,3,7,8]{1}$', '2', false],
    ['^[А-Яа-яЁё -]+$', 'Салтыков-Щедрин', true],
    [String.raw`\A\d{4}\Z`, '4510', true],
    [String.raw`\A\d{4}\Z`, '45100', false],
    [String.raw`\d{4}`, 'a 4510 b', true],
    // Letters, digits and spaces of all scripts.
    [String.raw`^\w+$`, 'Ёжик_7', true],
    [String.raw`^[\w.-]+$`, 'Ёж-ик.', true],
    [String.raw`^\W+$`, 'Ёжик', false],
    [String.raw`^\D+$`, 'Ёжик', true],
    [String.raw`^\S+\s\S+$`, 'Ёж\u00a0ик', true],
    [String.raw`(?a)^\w+$`, 'Ёжик', false],
    [String.raw`^(?P<series>\d{4})(?P<number>\d{6})$`, '4510000050', true],
    ['(?i)^иван$', 'ИВАН', true],
    ['(?iu)^иван$', 'ИВАН', true],
    ['(?u)^иван$', 'иван', true],
    ['^(?i:и)ван$', 'Иван', true],
    ['^(?i:и)ван$', 'ИВАН', false],
    ['^a(?#a remark)b$', 'ab', true],
    ['^a{,2}$', 'aa', true],
    ['^a{,2}$', 'aaa', false],
    ['^a{2,}$', 'aaa', true],
    ['^a{x}$', 'a{x}', true],
    ['^[]a]+$', ']a', true],
    ['^[^]a]+$', 'b', true],
    ['^[[:a]+$', '[:a', true],
    [String.raw`^\u0451\U00000451\x41$`, 'ёёA', true],
    [String.raw`^\ё\-\/$`, 'ё-/', true],
    [String.raw`^[\b]$`, '\b', true],
    [String.raw`\bcat\b`, 'a cat', true],
    ['', 'anything', true],
  ])('%s finds "%s": %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected)
  })

  it.each<[string, string, string?]>([
    ['an unclosed group', '('],
    ['an unclosed class', '[a'],
    ['a backslash at the end', 'a\\'],
    ['nothing to repeat', '+'],
    ['looking ahead', '^(?=a)a'],
    ['looking ahead for nothing', '^(?!a)b'],
    ['looking behind', '(?<=a)b'],
    ['a reference back', String.raw`(a)\1`],
    ['a named reference back', '(?P<x>a)(?P=x)'],
    ['a verbose pattern', '(?x) a b'],
    ['an unknown escape', String.raw`\q`],
    ['half a code point', String.raw`\u04`],
    ['too many repeats', '(a{1000}){1000}'],
    ['a pattern without end', 'a|'.repeat(10_000)],
    ['a border of words, for Cyrillic', String.raw`\bкот\b`, 'кот'],
    ['a class of what is no letter, for Cyrillic', String.raw`^[\W]+$`, 'кот'],
  ])('has no result with %s', (_, pattern, text = 'a') => {
    expect(matches(pattern, text)).toBeUndefined()
  })

  it.each([
    ['(a+)+$', false],
    ['^(a|aa)+$', false],
    ['^(a|a?)+$', false],
    ['(.*)*(.*)*(.*)*x$', false],
    [String.raw`^(\w+\s?)*$`, false],
    ['(a*)*b', true],
  ])('%s runs in linear time, where a backtracking engine would not end', (pattern, expected) => {
    for (const length of [50_000, 100_000]) {
      expect(matches(pattern, `${'a'.repeat(length)}${expected ? 'b' : '!'}`)).toBe(expected)
    }
  })
})
