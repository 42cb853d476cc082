import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { presets } from '../../../src/form/presets/presets.ts'
import { env, formEntry, inventLead } from '../support/invented.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-commands-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const crmToken = 'invented-public-token-0123456789'

async function run(forms: object, ...args: readonly string[]) {
  const config = join(root, 'anketa.relay.json')
  await writeFile(config, JSON.stringify({ port: 0, host: '127.0.0.1', forms }))
  return runWithoutConfig(...args, '--config', config)
}

async function runWithoutConfig(...args: readonly string[]) {
  return promisify(execFile)(process.execPath, ['src/relay/cli/bin.ts', ...args], {
    env: { ...process.env, ...env, CRM_TOKEN: crmToken },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

it('check reports whether every form runs, and what to fix', { timeout: 60_000 }, async () => {
  const forms = { main: formEntry(), wrong: { ...formEntry(), consents: [] } }
  const { code, stdout } = await run(forms, 'check')
  expect(code).toBe(1)
  expect(stdout).toMatch(/^main: ok, first-accepted\n {2}destinations\.0: devtek, /)
  expect(stdout).toContain('wrong: refused\n  consents: expected the consent "processing"')
  expect((await run({ main: formEntry() }, 'check')).code).toBe(0)
})

it(
  'preview prints the requests that a lead would make, without credentials',
  { timeout: 60_000 },
  async () => {
    const file = join(root, 'lead.json')
    const { values } = inventLead()
    await writeFile(file, JSON.stringify({ values }))
    const { code, stdout, stderr } = await run(
      { main: formEntry() },
      'preview',
      '--form',
      'main',
      '--lead',
      file,
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('The form accepts it; delivery: first-accepted.')
    expect(stdout).toContain('POST http://127.0.0.1:9/new-lead/')
    expect(stdout).toContain(`"phone": "${values.phone}"`)
    expect(stdout).not.toContain(env.DEVTEK_TOKEN)

    await writeFile(file, JSON.stringify({ values: { ...values, phone: '1' } }))
    expect((await run({ main: formEntry() }, 'preview', '--form', 'main', '--lead', file)).stdout).toContain(
      'The form refuses it and stores nothing:\n  phone: ',
    )
    expect(await run({ main: formEntry() }, 'preview', '--form', 'other', '--lead', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no form "other"; the forms are main'),
    })
  },
)

it(
  'preview prints the request to Admitad as its campaigns want it, and says when their settings are not known',
  { timeout: 60_000 },
  async () => {
    const asked: string[] = []
    const network = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      const results = [
        { field_name: 'last_name', regexp: '^[a-zA-Z]+$', required: true, description: '' },
        { field_name: 'mobile_phone', regexp: String.raw`^9\d{9}$`, required: true, description: '' },
      ]
      response.end(JSON.stringify({ results }))
    })
    network.listen(0, '127.0.0.1')
    await once(network, 'listening')
    const address = network.address()
    const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const form = {
      ...formEntry(),
      destinations: [
        {
          provider: 'admitad',
          websiteId: 7,
          campaigns: [17809],
          consent: 'processing',
          baseUrl,
          accessToken: { env: 'DEVTEK_TOKEN' },
        },
      ],
    }
    const file = join(root, 'lead-for-campaigns.json')
    const { values } = inventLead()
    await writeFile(file, JSON.stringify({ values }))
    const preview = () => run({ main: form }, 'preview', '--form', 'main', '--lead', file)
    try {
      const { code, stdout, stderr } = await preview()
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(/^ {2}last_name=[A-Za-z]+$/m)
      expect(stdout).toContain(`  mobile_phone=${values.phone.slice(2)}\n`)
      expect(stdout).not.toContain(env.DEVTEK_TOKEN)
      expect(asked).toEqual(['GET /broker/campaign_settings/17809/'])
    } finally {
      network.close()
      network.closeAllConnections()
    }
    const offline = await preview()
    expect(offline.code).toBe(0)
    expect(offline.stderr).toContain('the settings of its campaigns are not known, so its request may differ')
    expect(offline.stdout).toContain(`  mobile_phone=${values.phone}\n`)
  },
)

it("fivecrm prints a CRM's own fields by the names that a form uses", { timeout: 60_000 }, async () => {
  const crm = createServer((_, response) => {
    const fields = [{ type: 'text', name: 'Источник', field: 'f_1' }]
    response.end(JSON.stringify({ ans: 'true', fields }))
  })
  crm.listen(0, '127.0.0.1')
  await once(crm, 'listening')
  const address = crm.address()
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const destinations = [{ provider: 'fivecrm', publicToken: { env: 'CRM_TOKEN' }, baseUrl }]
  try {
    const { code, stdout } = await run({ main: { ...formEntry(), destinations } }, 'fivecrm', 'fields')
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'forms.main.destinations.0\n  custom.f_1  Источник (text)\n',
    })
  } finally {
    crm.close()
  }
})

it('preset prints a preset as JSON, without a configuration', { timeout: 60_000 }, async () => {
  const { code, stdout } = await runWithoutConfig('preset', 'callback')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual(presets['callback'])
  expect(await runWithoutConfig('preset', 'toString')).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(
      'there is no preset "toString"; the presets are microloan, devtek, admitad, lotinfo, callback, phone-first.\n',
    ),
  })
})
