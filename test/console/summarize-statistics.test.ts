import { expect, it } from 'vitest'
import {
  countDays,
  groupCounts,
  listLeftFields,
  listReachedSteps,
  addCounts,
} from '../../src/console/state/summarize-statistics.ts'
import { inventStatistics } from './support/invented-statistics.ts'

const answer = inventStatistics(new URLSearchParams({ from: '2026-11-27', to: '2026-11-28' }))

it('loses no count in any grouping', () => {
  const total = addCounts(answer.funnel)
  expect(total.view).toBeGreaterThan(total.sent)
  for (const by of ['form', 'variant', 'source'] as const)
    expect(addCounts(groupCounts(answer, by))).toEqual(total)
  expect(addCounts(countDays(answer))).toEqual(total)
  expect(groupCounts(answer, 'source').map(({ name }) => name)).toEqual(['yandex', 'vk', ''])
})

it('has a row for a day without anything', () => {
  const days = countDays({ ...answer, from: '2026-02-27', to: '2026-03-01', funnel: [] })
  expect(days.map(({ name, sent }) => [name, sent])).toEqual([
    ['2026-02-27', 0],
    ['2026-02-28', 0],
    ['2026-03-01', 0],
  ])
})

it('lists the steps after the first one in the order of their form, and former ones at the end', () => {
  expect(listReachedSteps(answer).map(({ form, step, count }) => [form, step, count])).toEqual([
    ['main', 'person', 900],
    ['main', 'passport', 610],
    ['main', 'former', 4],
  ])
})

it('tells reasons with the field that they are of', () => {
  expect(listLeftFields(answer).map(({ field, count, codes }) => [field, count, codes.length])).toEqual([
    ['passport', 120, 2],
    ['phone', 45, 0],
    ['', 9, 0],
  ])
})
