import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../../../src/relay/config/config.ts'
import { formEntry } from '../support/invented.ts'

const good = randomBytes(32).toString('base64')
const env = {
  DEVTEK_TOKEN: 'invented',
  ONE: good,
  TWO: randomBytes(32).toString('base64'),
  SHORT: randomBytes(16).toString('base64'),
  TEXT: 'no-key-at-all',
  AGAIN: good,
}
const readText = async (path: string) => {
  if (path !== 'data.key') throw Object.assign(new Error(path), { code: 'ENOENT' })
  return `${good}\n`
}
const parse = (keys: object) => parseConfig({ forms: { main: formEntry() }, ...keys }, { env, readText })

it('takes keys from variables and files', async () => {
  const { encryption, partialDays, retentionDays } = await parse({
    dataKeys: [{ env: 'TWO' }, { file: 'data.key' }],
    searchKey: { env: 'ONE' },
  })
  expect(encryption.dataKeys.map((key) => Buffer.from(key).toString('base64'))).toEqual([env.TWO, good])
  expect(Buffer.from(encryption.searchKey ?? []).toString('base64')).toBe(good)
  expect([retentionDays, partialDays]).toEqual([undefined, 7])
  expect((await parse({})).encryption).toEqual({ dataKeys: [] })
})

it.each([
  [{ dataKeys: [{ env: 'SHORT' }] }, 'dataKeys.0: expected 32 bytes in base64'],
  [{ dataKeys: [{ env: 'TEXT' }] }, 'dataKeys.0: expected 32 bytes in base64'],
  [{ dataKeys: [{ env: 'ONE' }, { env: 'AGAIN' }] }, 'dataKeys.1: expected another key'],
  [{ dataKeys: [{ env: 'NONE' }] }, 'dataKeys.0: the environment variable that it names is not set'],
  [{ dataKeys: [good] }, 'dataKeys.0: expected { "env": "NAME" }'],
  [{ dataKeys: good }, 'dataKeys: expected a list'],
  [{ searchKey: good }, 'searchKey: expected { "env": "NAME" }'],
  [{ searchKey: { env: 'SHORT' } }, 'searchKey: expected 32 bytes in base64'],
  [{ retentionDays: 0 }, 'retentionDays: expected a whole number of days, 1 to 36500'],
  [{ partialDays: 1.5 }, 'partialDays: expected a whole number of days, 1 to 36500'],
])('refuses %j, without a value in the message', async (keys, problem) => {
  const error: unknown = await parse(keys).catch((thrown: unknown) => thrown)
  const problems = error instanceof ConfigError ? error.problems : []
  expect(problems).toEqual([expect.stringContaining(problem)])
  expect(problems.join()).not.toContain(good)
  expect(problems.join()).not.toContain(env.TEXT)
})
