import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { webhook } from '../../../src/providers/webhook/index.ts'
import { fullContext } from '../../contracts/support/full-lead.ts'

const secret = `whsec_${Buffer.from('an invented secret of forty bytes, no less').toString('base64')}`
const config = parse(webhook.config, { url: 'https://crm.example.ru/leads', secret })
const { request, outcome } = webhook.operations.create
const read = (status: number, body = '') => outcome({ status, body }, config, fullContext)

describe("the outcome of a webhook's answer", () => {
  it.each([200, 201, 202, 204, 299])('is a success with status %i', (status) => {
    expect(read(status)).toEqual({ outcome: 'accepted' })
  })

  it.each<[body: string, providerId: string | undefined]>([
    ['{"id":"crm-17"}', 'crm-17'],
    ['{"id":17}', '17'],
    ['{"id":""}', undefined],
    ['{"id":{"a":1}}', undefined],
    ['{"id":null}', undefined],
    ['[{"id":17}]', undefined],
    ['<html>', undefined],
  ])('has the id of %s', (body, providerId) => {
    expect(read(200, body)).toEqual({
      outcome: 'accepted',
      ...(providerId === undefined ? {} : { providerId }),
    })
  })

  it('never has the secret in its id', () => {
    expect(JSON.stringify(read(200, JSON.stringify({ id: `a ${secret}` })))).not.toContain(secret)
  })

  it.each([300, 301, 302, 307, 308, 400, 401, 403, 404, 409, 422, 499])(
    'is for the operator with status %i',
    (status) => {
      expect(read(status)).toEqual({ outcome: 'refused', reason: `status ${status}` })
    },
  )

  it('is a no with status 410, and is asked for again after 429 and 5xx', () => {
    expect(read(410)).toEqual({ outcome: 'declined', reason: 'status 410' })
    expect(read(429)).toMatchObject({ outcome: 'unavailable', mayHaveArrived: false })
    for (const status of [500, 502, 503, 504]) {
      expect(read(status)).toMatchObject({ outcome: 'unavailable', mayHaveArrived: true })
    }
  })

  it('of a call that was not made names what the operator has to correct', () => {
    const refusal = 'the address belongs to a private network'
    expect(outcome({ failure: 'network', sent: false, refusal }, config, fullContext)).toEqual({
      outcome: 'refused',
      reason: refusal,
    })
    expect(outcome({ failure: 'timeout', sent: true }, config, fullContext)).toMatchObject({
      outcome: 'unavailable',
      mayHaveArrived: true,
    })
  })
})

it('sends every later revision as one, under an id of its own', () => {
  const first = request(config, fullContext)
  const second = request(config, { ...fullContext, revision: 2 })
  expect(JSON.parse(first.body ?? '')).toMatchObject({ type: 'lead.created', data: { revision: 1 } })
  expect(JSON.parse(second.body ?? '')).toMatchObject({ type: 'lead.revised', data: { revision: 2 } })
  expect([first.sign?.id, second.sign?.id]).toEqual([`${fullContext.lead.id}_1`, `${fullContext.lead.id}_2`])
})
