import { expect, it } from 'vitest'
import { createFakeRelay } from '../../src/entries/testing.ts'

const form = 'https://leads.example.ru/forms/main'

it('serves a form, places and its answers in order, through the Fetch API', async () => {
  const relay = createFakeRelay({
    definition: { id: 'short', steps: [{ id: 'person', title: 'О вас', fields: ['phone'] }] },
    answers: ['queued', { outcome: 'invalid', issues: [{ field: 'phone', code: 'phone-foreign' }] }],
    places: { 'Тюменская область': ['Тюмень', 'Тобольск'], Москва: ['Москва'] },
  })
  const get = async (path: string): Promise<unknown> => (await relay.fetch(form + path)).json()
  expect(await get('')).toEqual(relay.definition)
  expect(await get('/regions')).toEqual({
    regions: [
      { id: '1', name: 'Тюменская область' },
      { id: '2', name: 'Москва' },
    ],
  })
  expect(await get('/cities?region=1&query=тоб')).toMatchObject({ cities: [{ name: 'Тобольск' }] })

  const post = (path: string, body: object): Promise<Response> =>
    relay.fetch(form + path, { method: 'POST', body: JSON.stringify(body) })
  expect((await post('/leads', { id: 'one', values: {} })).status).toBe(202)
  for (const id of ['one', 'two']) {
    const answer = await post('/leads', { id, values: {} })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toEqual({
      id,
      outcome: 'invalid',
      issues: [{ field: 'phone', code: 'phone-foreign' }],
    })
  }
  relay.answer('unreachable')
  await expect(post('/leads', { id: 'two', values: {} })).rejects.toThrow('does not answer')
  relay.answer('not-stored')
  expect((await post('/leads/two/code', { code: '1234' })).status).toBe(503)
  expect(relay.leads.map(({ id }) => id)).toEqual(['one', 'one', 'two', 'two'])
  expect(relay.codes).toEqual(['1234'])
  expect((await relay.fetch('https://leads.example.ru/elsewhere')).status).toBe(404)
})

it('answers Playwright as a route', async () => {
  const relay = createFakeRelay({ definition: 'callback', answers: ['accepted', 'unreachable'] })
  const handled: unknown[] = []
  const route = (body: object) => ({
    request: () => ({
      url: () => `${form}/leads`,
      method: () => 'POST',
      postData: () => JSON.stringify(body),
    }),
    fulfill: async (answer: object) => void handled.push(answer),
    abort: async () => void handled.push('aborted'),
  })
  await relay.route(route({ id: 'one' }))
  await relay.route(route({ id: 'one' }))
  expect(handled).toEqual([
    expect.objectContaining({ status: 200, body: '{"id":"one","outcome":"accepted"}' }),
    'aborted',
  ])
})

it('throws on a definition that a relay would refuse', () => {
  expect(() => createFakeRelay({ definition: 'microlaon' })).toThrow(
    'there is no preset "microlaon"; expected',
  )
  expect(() => createFakeRelay({ definition: { id: 'x', steps: [] } })).toThrow('at least one step')
})
