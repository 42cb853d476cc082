import { expect, it } from 'vitest'
import { createConfigReport } from '../../../src/relay/cli/check.ts'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { env, formEntry } from '../support/invented.ts'

it('reports every form of a configuration: the keys of its destinations, or what to fix', async () => {
  const entry = formEntry()
  const config = await parseConfig(
    { forms: { main: { ...entry, delivery: 'all' }, other: { ...entry, consents: [], origins: 'SECRET1' } } },
    { env, readText: () => Promise.reject(new Error('none')) },
  )
  const { valid, lines } = createConfigReport(config)
  expect(valid).toBe(false)
  expect(lines).toEqual([
    'main: ok, all',
    expect.stringMatching(/^ {2}destinations\.0: devtek, devtek-[0-9a-f]{8}$/),
    'other: refused',
    '  origins: expected a list, got a text',
    expect.stringMatching(/^ {2}consents: /),
  ])
  expect(createConfigReport({ forms: new Map([...config.forms].slice(0, 1)) }).valid).toBe(true)
})
