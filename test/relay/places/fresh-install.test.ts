import { afterAll, expect, it } from 'vitest'
import { createFakeProvider } from '../support/fake-provider.ts'
import { inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'

const fixture = createRelayFixture()
afterAll(async () => (await fixture).end())

it('sends the codes of capitals and federal cities from an empty database', { timeout: 60_000 }, async () => {
  const provider = createFakeProvider()
  const { start, usedDatabase } = await fixture
  const relay = await start(await usedDatabase(), { fetch: provider.fetch })
  const placesSent: unknown[] = []
  for (const place of [
    { region: 'Тюменская область', city: 'Тюмень' },
    { region: 'Иркутская обл', city: 'г. Иркутск' },
    { city: 'Санкт-Петербург' },
    // A city of a lender's own list, by whose id nobody but this lender finds it.
    { region: 'Тюменская область', city: 'Тюмень', regionId: 'devtek:72', cityId: 'devtek:900' },
    { region: 'Тюменская область', city: 'Тобольск' },
  ]) {
    const { cityKladr: _, city: __, ...values } = inventLead().values
    await postLead(relay, { ...inventLead(), values: { ...values, ...place } })
    const { data } = JSON.parse(provider.bodies.at(-1) ?? '{}')
    const { kladr, registration_city: city } = data.main
    placesSent.push(kladr ?? city)
  }
  expect(placesSent).toEqual(['7200000100000', '3800000300000', '7800000000000', '7200000100000', 'Тобольск'])
})
