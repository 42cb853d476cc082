import { expect, it } from 'vitest'
import { normalizeRelay } from '../../../src/embed/source/relay-address.ts'

it.each([
  ['https://leads.example.ru/forms/main', 'https://leads.example.ru/forms/main'],
  ['https://leads.example.ru/forms/main/', 'https://leads.example.ru/forms/main'],
  ['/forms/main//', '/forms/main'],
  ['//leads.example.ru/anketa/forms/main', '//leads.example.ru/anketa/forms/main'],
])('takes %s as the address of a form', (relay, address) => {
  const problems: string[] = []
  expect(normalizeRelay(relay, (problem) => problems.push(problem))).toBe(address)
  expect(problems).toEqual([])
})

it('ignores a query, and says so', () => {
  const problems: string[] = []
  expect(normalizeRelay('/forms/main/?v=2', (problem) => problems.push(problem))).toBe('/forms/main')
  expect(problems).toEqual([expect.stringContaining('"?v=2" is ignored')])
})

it.each([
  ['leads.example.ru/forms/main', 'the scheme is missing'],
  ['localhost.localdomain:8787/forms/main', 'the scheme is missing'],
  ['https://leads.example.ru', 'the path is missing'],
  ['https://leads.example.ru/', 'the path is missing'],
])('refuses %s: %s', (relay, problem) => {
  expect(() => normalizeRelay(relay)).toThrow(problem)
})
