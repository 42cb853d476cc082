import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../../src/relay/cli/run.ts'
import { formEntry } from '../support/invented.ts'

let root: string
let config: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-arguments-'))
  config = join(root, 'anketa.relay.json')
  await writeFile(
    config,
    JSON.stringify({
      port: 0,
      host: '127.0.0.1',
      database: `pglite:${join(root, 'data')}`,
      forms: { main: formEntry() },
    }),
  )
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** Runs a command in this process. No command may get as far as a call or a database. */
async function run(...args: readonly string[]) {
  const printed = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text)
      return true
    }),
  )
  try {
    const code = await runCommand(args, {
      widgetUrl: new URL('file:///none'),
      fetch: () => Promise.reject(new Error('A command with wrong arguments makes no call.')),
      stopSignal: new AbortController().signal,
    })
    return { code, ...printed }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

/** What every usage error looks like: a sentence with what is wrong, and where the help is. */
function usageError(sentence: string | RegExp) {
  return {
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(
      new RegExp(
        `^anketa-relay: [^\\n]*${typeof sentence === 'string' ? RegExp.escape(sentence) : sentence.source}[^\\n]*\\.\\n(Usage: anketa-relay[^\\n]*\\n)?All commands: anketa-relay --help\\n$`,
      ),
    ),
  }
}

const id = '0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee'

describe('wrong arguments end with 2, a sentence and the help, before anything is done', async () => {
  /** The commands as the help lists them, with what follows their words. */
  const { stdout: help } = await run('--help')
  const commands = [...help.matchAll(/^ {2}anketa-relay ?((?:[a-z]\S* ?)*)(.*)$/gm)].map(
    ([, words = '', usage = '']) => ({ words: words.trim(), usage }),
  )

  it('covers every command', () => {
    expect(commands.length).toBeGreaterThan(20)
    expect(commands.map(({ words }) => words)).toContain('leads erase')
  })

  describe.each(commands)('$words', ({ words, usage }) => {
    const start = words === '' ? [] : words.split(' ')
    const options = usage.includes('--config') ? ['--config', '/none.json'] : []
    const takesMany = usage.includes('…') && /[A-Z]…/.test(usage)

    it('an unknown option', async () => {
      expect(await run(...start, '--nope', ...options)).toMatchObject(usageError("Unknown option '--nope'"))
    })

    it.skipIf(takesMany)('one argument too many', async () => {
      const { code, stderr } = await run(...start, ...options, '--', 'one', 'two')
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/\.\n.*--help\n$/s) })
    })

    it.runIf(options.length > 0)('no configuration, an empty one, or two', async () => {
      expect(await run(...start)).toMatchObject(usageError('add --config FILE'))
      expect(await run(...start, '--config')).toMatchObject(usageError('argument missing'))
      expect(await run(...start, '--config', '')).toMatchObject(usageError('--config: expected a value'))
      expect(await run(...start, ...options, ...options)).toMatchObject(usageError('--config: give it once'))
    })
  })
})

it.each([
  ['leads list --limit abc', '--limit is not a number of leads'],
  ['leads list --limit 0', '--limit is not a number of leads'],
  ['leads list --limit 1e3', '--limit is not a number of leads'],
  ['leads list --from 2026-02-31', '--from: expected a day that exists'],
  ['leads list --status none', '--status: expected the status of a lead'],
  ['leads list --phone 1 --email a@example.ru', 'one of --phone and --email'],
  ['leads show', 'expected --id'],
  ['leads show --id 1', 'expected --id'],
  ['leads retry', 'expected --id'],
  ['leads resolve', 'expected --id'],
  [`leads resolve --id ${id}`, 'expected --destination KEY'],
  [`leads resolve --id ${id} --destination a --arrived --not-arrived`, '--arrived or --not-arrived'],
  ['leads erase', 'exactly one of --phone NUMBER, --email ADDRESS and --id ID'],
  ['leads erase --id 1', '--id is not the id of a lead'],
  [`leads erase --phone +79000000001 --id ${id}`, 'exactly one of'],
  [`leads erase --email a@example.ru --id ${id}`, 'exactly one of'],
  ['leads erase --phone +79000000001 --email a@example.ru', 'exactly one of'],
  ['leads erase --phone +79000000001 --phone +79000000002', '--phone: give it once'],
  ['leads export x.json', 'exactly one of --phone NUMBER and --email ADDRESS'],
  ['leads export --phone +79000000001 --email a@example.ru x.json', 'exactly one of'],
  ['leads export --phone +79000000001 --form main x.json', 'a person is exported whole'],
  ['leads export --phone +79000000001 --as doc x.json', '--as is either json or pdf'],
  ['leads export --as pdf x.csv', '--as is for the data of a person'],
  ['leads export --from 2026-02-30 x.csv', '--from: expected a day that exists'],
  ['leads export --phone +79000000001 x.json y.json', 'expected one FILE'],
  ['messages retry', 'exactly one of'],
  [`messages retry --all --id ${id}`, 'exactly one of'],
  ['messages retry --id 1', '--id is not the id of a message'],
  ['consents verify --known 1', '--known is not a digest'],
  ['preview', 'add --form NAME'],
  ['preview --form main', 'add --lead FILE'],
  ['backup', 'expected one FILE'],
  ['backup a b', 'expected one FILE'],
  ['restore a b', 'expected one FILE'],
  ['passports import a b', 'expected one FILE'],
  ['places import', 'expected FILE…'],
  ['admitad applications --limit x', '--limit: expected a whole number'],
  ['admitad applications --date-start 2026-02-31', '--date-start: expected a day'],
])('%s', async (line, sentence) => {
  expect(await run(...line.split(' '), '--config', config)).toMatchObject(usageError(sentence))
})

it.each([
  ['preset nope', 'there is no preset "nope"'],
  ['preset', 'expected one NAME'],
  ['preset microloan extra', 'expected one NAME'],
  ['nope', 'there is no command "nope"'],
  ['leads', 'there is no command "leads"'],
])('%s', async (line, sentence) => {
  expect(await run(...line.split(' '))).toMatchObject(usageError(sentence))
})
