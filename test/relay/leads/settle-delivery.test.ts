import { systemClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Outcome } from '../../../src/lead/outcome.ts'
import { createEncryption } from '../../../src/relay/database/encryption/encryption.ts'
import { migrate } from '../../../src/relay/database/migrations.ts'
import { parseLead } from '../../../src/relay/http/parse-lead.ts'
import { createDeliveryStore } from '../../../src/relay/leads/delivery-store.ts'
import { openJobQueue } from '../../../src/relay/leads/job-queue.ts'
import { createLeadStore } from '../../../src/relay/leads/lead-store.ts'
import { createVerificationStore } from '../../../src/relay/leads/follow-ups/verification-store.ts'
import { inventLead } from '../support/invented.ts'
import { withDatabase } from '../support/read-database.ts'
import { createRelayFixture } from '../support/relay-fixture.ts'
import { createRouting } from '../support/routing.ts'

const noKeys = () => ({ dataKeys: [] })

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

it('returns the state of a lead as it is stored', { timeout: 60_000 }, async () => {
  await withDatabase(await fixture.emptyDatabase(), async (database) => {
    await migrate(database)
    const boss = await openJobQueue(database, systemClock, () => {})
    const leads = createLeadStore(database, boss, createEncryption(noKeys, ''))
    const deliveries = createDeliveryStore(database, boss, createEncryption(noKeys, ''))
    const verifications = createVerificationStore(database, boss, createEncryption(noKeys, ''))
    const options = { routing: createRouting('first-accepted', 'one', 'two', 'three'), canPollStatus: false }
    const now = new Date()
    const parsed = parseLead(inventLead())
    if ('problem' in parsed) throw new Error(parsed.problem)
    const { key: _, id, ...content } = parsed.lead
    const lead = { ...content, id, form: 'main', keyHash: 'a', receivedAt: now }

    const save = async (amount: number) => {
      const saved = await leads.save({ ...lead, values: { ...lead.values, amount } }, options.routing)
      expect(saved?.state).toEqual(await leads.find(id))
    }
    const deliver = async (destination: string, outcome: Outcome) => {
      const [row] = await database.query<{ job: string; revision: number }>(
        'select job, revision from anketa.deliveries where lead = $1 and destination = $2',
        [id, destination],
      )
      if (!row) throw new Error(`no delivery to ${destination}`)
      const claim = { id: row.job, retryCount: 0 }
      const job = { lead: id, destination, revision: row.revision, form: 'main', attempted: false, claim }
      const task = await deliveries.beginAttempt(job, now)
      if (!task) throw new Error(`no attempt at ${destination}`)
      const settled = await deliveries.settle(task, outcome, options, now)
      expect(settled?.state).toEqual(await leads.find(id))
    }
    const sendCode = async (outcome: Outcome) => {
      const task = await verifications.beginAttempt(id, 'three', now)
      if (task === undefined || task === 'exhausted') throw new Error('no code is expected')
      const settled = await verifications.settle(task, outcome, options, now)
      expect(settled?.state).toEqual(await leads.find(id))
    }

    await save(5000)
    await deliver('one', { outcome: 'unavailable', reason: 'status 500', mayHaveArrived: true })
    await deliver('one', { outcome: 'declined' })
    await deliver('two', { outcome: 'invalid', issues: [{ field: 'phone', code: 'phone-incomplete' }] })
    await save(6000)
    await deliver('two', { outcome: 'declined' })
    await deliver('three', { outcome: 'declined' })
    // All have declined, so the search starts over and the old deliveries are dropped.
    await save(7000)
    await deliver('one', { outcome: 'declined' })
    await deliver('two', { outcome: 'refused', reason: 'status 401' })
    await deliver('three', { outcome: 'verification', applicationId: '7' })
    await sendCode({ outcome: 'verification', issues: [{ field: 'code', code: 'wrong-code' }] })
    await sendCode({ outcome: 'unavailable', reason: 'status 500', mayHaveArrived: true })
    await sendCode({ outcome: 'accepted', providerId: '7' })
    await save(8000)
    await boss.stop({ graceful: false })
  })
})
