import { describe, expect, it } from 'vitest'
import { formatRoute, parseRoute } from '../../src/console/access/routes.ts'
import { parseSearchTerm } from '../../src/console/state/search-term.ts'
import { formatLeadNumber } from '../../src/lead/lead-number.ts'

const id = '019a9999-0000-7000-8000-00009e3779b1'

describe('the address of a view', () => {
  it.each([
    ['#/leads', { view: 'leads', filters: {} }],
    [
      '#/leads?form=main&status=failed&attribution=utm_source%3Avk',
      { view: 'leads', filters: { form: 'main', status: 'failed', attribution: 'utm_source:vk' } },
    ],
    [`#/leads/${id}`, { view: 'lead', id }],
    ['#/health', { view: 'health' }],
    ['#/audit', { view: 'audit' }],
  ] as const)('%s is read and written', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route)
    expect(formatRoute(route)).toBe(hash)
  })

  it.each(['', '#', '#/', '#/leads/', '#/leads/../../admin', '#/leads?phone=79000000001', '#/else', '#%'])(
    'is the list for anything else: %s',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ view: 'leads', filters: {} })
    },
  )
})

describe('what is searched for', () => {
  it.each([
    ['+7 900 000-00-01', 'phone'],
    ['8(900)0000001', 'phone'],
    ['9000000001', 'phone'],
    ['inna@example.ru', 'email'],
    ['Вымыслова', 'name'],
    ['Вымыслова Инна', 'name'],
    ["О'Вымыслова-Небывалова", 'name'],
    // All its letters are also symbols of numbers.
    ['Томас', 'name'],
    [formatLeadNumber(id), 'number'],
    ['a7k3f', 'number'],
    ['А–7К3М', 'number'],
  ])('%s is a %s', (text, kind) => {
    expect(parseSearchTerm(` ${text} `)).toEqual({ kind, text })
  })

  it('is nothing where nothing was entered', () => {
    expect(parseSearchTerm('  ')).toBeUndefined()
  })
})
