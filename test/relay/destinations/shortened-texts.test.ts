import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LogFacts } from '../../../src/relay/log.ts'
import { env, formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

it('says in the log what of a comment a CRM does not take, and sends the most important first', async () => {
  const bodies: URLSearchParams[] = []
  const lines: (LogFacts & { readonly text: string })[] = []
  const entry = formEntry()
  const questions = ['comment', 'purpose', 'callTime'].map((name) => ({ name, required: false }))
  const relay = await fixture.start(await fixture.usedDatabase(), {
    fetch: async (_, init) => {
      bodies.push(new URLSearchParams(await new Response(init.body ?? '').text()))
      return Response.json({ ans: 'ok' })
    },
    log: (_level, text, facts = {}) => void lines.push({ text, ...facts }),
    forms: {
      main: {
        ...entry,
        answerWithinSeconds: 10,
        definition: {
          ...entry.definition,
          steps: [...entry.definition.steps, { id: 'more', title: 'Ещё', fields: questions }],
        },
        destinations: [{ provider: 'fivecrm', publicToken: { env: 'DEVTEK_TOKEN' }, method: 'form' }],
      },
    },
    env,
  })
  const send = async (comment: string) => {
    const lead = inventLead()
    const attribution = { utm_source: 'vk', yclid: '1'.repeat(20) }
    const values = { ...lead.values, comment, purpose: 'на ремонт', callTime: 'вечером' }
    await postLead(relay, { ...lead, values, attribution })
    return { id: lead.id, description: bodies.at(-1)?.get('description') ?? '' }
  }

  const long = await send(`Начало. ${'подробно '.repeat(54)}`.trim())
  expect(long.description.length).toBeLessThanOrEqual(500)
  expect(long.description).toMatch(/Комментарий: Начало\. .*подробно/)
  const [line, ...others] = lines.filter(({ shortened }) => shortened !== undefined)
  expect(others).toEqual([])
  expect(line).toMatchObject({
    lead: long.id,
    shortened: expect.stringMatching(/^description: \d+ characters$/),
  })
  expect(JSON.stringify(line)).not.toContain('подробно')

  const short = await send('Позвоните')
  expect(short.description).toContain('Комментарий: Позвоните')
  expect(lines.filter(({ shortened }) => shortened !== undefined)).toHaveLength(1)
})
