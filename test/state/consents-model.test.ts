import { describe, expect, it } from 'vitest'
import { ConsentsModel } from '../../src/state/consents-model.ts'
import { processing } from '../form/define.ts'
import { now } from './support/form-ports.ts'

const advertising = { ...processing, id: 'advertising', required: false }
const createConsents = () => new ConsentsModel([processing, advertising], () => now)

describe('a consent', () => {
  it('is given by a tick, with its time, and taken back by another click', () => {
    const consents = createConsents()
    expect(consents.accepted['processing']?.value).toBeUndefined()
    consents.tick('processing', true)
    expect(Date.parse(consents.accepted['processing']?.value ?? '')).toBe(now.getTime())
    consents.tick('processing', false)
    expect(consents.accepted['processing']?.value).toBeUndefined()
  })

  it('that the form does not have cannot be given', () => {
    const consents = createConsents()
    consents.tick('transfer', true)
    expect(consents.states().map(({ acceptedAt }) => acceptedAt)).toEqual([undefined, undefined])
  })
})

describe('a review', () => {
  it('finds the required consents without a tick', () => {
    const consents = createConsents()
    expect(consents.review()).toEqual(['processing'])
    expect([...consents.missing.value]).toEqual(['processing'])
  })

  it('is resolved by the tick', () => {
    const consents = createConsents()
    consents.review()
    consents.tick('processing', true)
    expect([...consents.missing.value]).toEqual([])
    expect(consents.review()).toEqual([])
  })
})

it('ticks of another form are restored for the same subject alone', () => {
  const consents = createConsents()
  const ticks = new Map([['processing of 2026-09-01', '2026-11-22T12:00:00+03:00']])
  consents.restore(ticks, ({ id, version }) => `${id} of ${version}`)
  expect(consents.states().map(({ acceptedAt }) => acceptedAt)).toEqual([
    '2026-11-22T12:00:00+03:00',
    undefined,
  ])
  consents.restore(ticks, ({ id }) => `${id} of another version`)
  expect(consents.accepted['processing']?.value).toBeUndefined()
})

it('clearing removes the ticks and the marks', () => {
  const consents = createConsents()
  consents.tick('advertising', true)
  consents.review()
  consents.clear()
  expect(consents.accepted['advertising']?.value).toBeUndefined()
  expect(consents.missing.value.size).toBe(0)
})
