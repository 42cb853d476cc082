import { describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../../../src/relay/config/config.ts'
import { createConfigReport } from '../../../src/relay/config/report/config-report.ts'
import { env, formEntry } from '../support/invented.ts'
import { botToken, hookSecret } from '../support/messages/receivers.ts'

const variables = {
  ...env,
  BOT: botToken,
  HOOK: hookSecret,
  SMTP: 'smtps://user:pass@mail.example.ru',
  CHAT: '-1001',
}
const deps = { env: variables, readText: () => Promise.reject(new Error('no files')) }

async function problemsOf(config: object): Promise<readonly string[]> {
  try {
    await parseConfig({ forms: { main: formEntry() }, ...config }, deps)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

const telegram = { token: { env: 'BOT' }, chat: '-1001' }
const webhook = { url: 'https://crm.example.ru/hook', secret: { env: 'HOOK' } }
const email = { smtp: { env: 'SMTP' }, from: 'leads@example.ru', to: ['one@example.ru'] }
const url = 'https://tracker.example/p?c={clickid}&s={status}&p={payout}&l={lead}&i={leadId}&u={utm_source}'

it('takes every kind of receiver, each with a key of its own that a restart does not change', async () => {
  const config = {
    forms: { main: formEntry() },
    notify: [
      { on: ['new'], telegram },
      { on: ['new'], telegram: { ...telegram, chat: { env: 'CHAT' } }, name: 'second' },
      { on: ['failed', 'partial'], email },
      { on: ['refused'], webhook, personal: true },
    ],
    postbacks: [{ on: ['accepted'], url, repeat: true }],
  }
  const parsed = await parseConfig(config, deps)
  const { receivers } = parsed
  const { receivers: again } = await parseConfig(config, deps)
  expect(receivers.map(({ channel }) => channel)).toEqual([
    'telegram',
    'telegram',
    'email',
    'webhook',
    'postback',
  ])
  expect(receivers.map(({ key }) => key)).toEqual(again.map(({ key }) => key))
  expect(receivers[1]?.key).toBe('second')
  expect(createConfigReport(parsed).lines).toContain('messages: telegram, second, on new')
  expect(receivers[0]?.key).toMatch(/^telegram-[\da-f]{8}$/)
})

describe('a wrong receiver stops the start with a sentence, which does not repeat a secret', () => {
  it.each([
    [{ notify: [{ on: ['news'], telegram }] }, /^notify\.0\.on\.0: expected one of new, partial, accepted/],
    [{ notify: [{ on: [], telegram }] }, /^notify\.0\.on: expected a list of events/],
    [{ notify: [{ on: ['new'] }] }, /^notify\.0: expected one of "telegram", "email" and "webhook"/],
    [{ notify: [{ on: ['new'], telegram, webhook }] }, /^notify\.0: expected one of "telegram"/],
    [{ notify: [{ on: ['new'], telegram, personal: true }] }, /^notify\.0\.personal: Telegram is abroad/],
    [
      { notify: [{ on: ['new'], telegram: { ...telegram, token: botToken } }] },
      /^notify\.0\.telegram\.token: .*"env"/,
    ],
    [
      { notify: [{ on: ['new'], telegram: { ...telegram, token: { env: 'NONE' } } }] },
      /^notify\.0\.telegram\.token: the environment variable/,
    ],
    [
      { notify: [{ on: ['new'], telegram: { ...telegram, token: { env: 'HOOK' } } }] },
      /^notify\.0\.telegram\.token: expected the token of a bot/,
    ],
    [
      { notify: [{ on: ['new'], telegram: { ...telegram, baseUrl: 'http://telegram.example' } }] },
      /^notify\.0\.telegram\.baseUrl: expected an https address/,
    ],
    [{ notify: [{ on: ['new'], telegramm: telegram }] }, /^notify\.0\.telegramm: .*telegram/],
    [
      { notify: [{ on: ['new'], webhook: { ...webhook, url: 'https://10.0.0.1/hook' } }] },
      /^notify\.0\.webhook\.url: expected an address of a public network/,
    ],
    [
      { notify: [{ on: ['new'], webhook: { ...webhook, secret: { env: 'BOT' } } }] },
      /^notify\.0\.webhook\.secret: expected a secret of the Standard Webhooks scheme/,
    ],
    [
      { notify: [{ on: ['new'], email: { ...email, to: ['nobody'] } }] },
      /^notify\.0\.email\.to\.0: expected a mailbox/,
    ],
    [
      { notify: [{ on: ['new'], email: { ...email, smtp: { env: 'BOT' } } }] },
      /^notify\.0\.email\.smtp: expected the address of a mail server/,
    ],
    [
      {
        notify: [
          { on: ['new'], telegram },
          { on: ['failed'], telegram },
        ],
      },
      /^notify\.1: another entry has the same receiver/,
    ],
    [{ notify: {} }, /^notify: expected a list/],
    [
      { postbacks: [{ on: ['accepted'], url: 'https://tracker.example/p?phone={phone}' }] },
      /^postbacks\.0\.url: expected only the macros \{clickid\}, \{status\}/,
    ],
    [
      { postbacks: [{ on: ['accepted'], url: 'https://{clickid}.example/p' }] },
      /^postbacks\.0\.url: a macro cannot be in the name of the host/,
    ],
    [
      { postbacks: [{ on: ['accepted'], url: 'http://localhost/p' }] },
      /^postbacks\.0\.url: expected an https address/,
    ],
    [{ postbacks: [{ on: ['accepted'], url, repeats: true }] }, /^postbacks\.0\.repeats: .*repeat/],
  ])('%j', async (config, expected) => {
    const problems = await problemsOf(config)
    expect(problems[0]).toMatch(expected)
    expect(problems.join()).not.toMatch(/invented-token|user:pass/)
  })

  it('permits private networks where the operator says so', async () => {
    const local = { ...webhook, url: 'http://127.0.0.1:9/hook' }
    expect(await problemsOf({ notify: [{ on: ['new'], webhook: local, allowPrivate: true }] })).toEqual([])
    expect(
      await problemsOf({ notify: [{ on: ['new'], webhook: { ...local, allowPrivate: true } }] }),
    ).toEqual([])
    expect(
      await problemsOf({ postbacks: [{ on: ['new'], url: 'http://127.0.0.1:9/p', allowPrivate: true }] }),
    ).toEqual([])
  })
})
