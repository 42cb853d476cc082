import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { createAdmitadSandbox } from '../../demo/sandbox/admitad/sandbox.ts'
import { createDevtekSandbox } from '../../demo/sandbox/devtek/sandbox.ts'
import { createFiveCrmSandbox } from '../../demo/sandbox/fivecrm/sandbox.ts'
import { createLotinfoSandbox } from '../../demo/sandbox/lotinfo/sandbox.ts'
import { presets } from '../../src/form/presets/presets.ts'
import { sampleValues } from '../../src/form/sample-values.ts'
import { renderContainer } from '../journey/support/pages/custom-page.ts'
import { serveSandbox } from '../journey/support/serve-sandbox.ts'
import { deleteNewerApis } from './newer-apis.ts'
import type { Engine } from './support/engine.ts'
import { startEngine } from './support/start-engine.ts'
import { type EngineForm, openEngineForm } from './support/engine-form.ts'
import { type PageServer, startPageServer } from './support/page-server.ts'
import { expectSameEverywhere } from './support/same-everywhere.ts'

const now = () => new Date()
const token = 'sandbox-token-sandbox-token-0000'
const sandboxes = {
  devtek: createDevtekSandbox({ idWebmaster: 123, token, now }),
  admitad: createAdmitadSandbox({
    clientId: 'client',
    clientSecret: 'client-secret',
    accessToken: 'access-token',
    websiteId: 1,
    now,
  }),
  lotinfo: createLotinfoSandbox({ token: 'lotinfo-token', now }),
  fivecrm: createFiveCrmSandbox({ publicToken: 'public', secretToken: 'secret', now }),
}
type SandboxName = keyof typeof sandboxes

/** What a page says about a provider, and what arrives there. */
const providers = {
  devtek: {
    preset: 'microloan',
    options: { 'provider-id-webmaster': 123, 'provider-token': token },
    requests: ['/new-lead/'],
  },
  admitad: {
    preset: 'admitad',
    options: {
      'provider-mode': 'sync',
      'provider-website-id': 1,
      'provider-campaign-id': 65,
      'provider-client-id': 'client',
      'provider-client-secret': 'client-secret',
      // This bank requires other formats, which a relay would read from the campaign's settings.
      'provider-fields': {
        mobile_phone: { value: '9000000001' },
        passport_cn: { template: '{passportSeries} {passportNumber}' },
      },
    },
    requests: [
      '/token/',
      '/website/1/broker/applications/sync_create/',
      '/website/1/broker/applications/sync_create/N/confirm',
    ],
  },
  lotinfo: {
    preset: 'lotinfo',
    options: { 'provider-token': 'lotinfo-token', 'provider-user-id': 1 },
    requests: [expect.any(String)],
  },
  fivecrm: {
    preset: 'callback',
    options: { 'provider-method': 'deal', 'provider-public-token': 'public' },
    requests: [expect.any(String)],
  },
} as const
const names = ['devtek', 'admitad', 'lotinfo', 'fivecrm'] as const satisfies readonly SandboxName[]

let engine: Engine
let pages: PageServer
let urls: ReadonlyMap<string, string>
const closing: (() => void)[] = []

beforeAll(async () => {
  const servers = await Promise.all(names.map((name) => serveSandbox(sandboxes[name].app)))
  urls = new Map(names.map((name, index) => [name, servers[index]?.url ?? '']))
  closing.push(...servers.map(({ close }) => close))
  pages = await startPageServer()
  engine = await startEngine(inject('engine'))
})

afterAll(async () => {
  await engine.close()
  pages.close()
  for (const close of closing) close()
})

afterEach(() => {
  for (const name of names) sandboxes[name].clear()
})

/** Opens a page that posts straight to a provider. `firstScript` runs before the widget. */
async function openDirectForm(name: SandboxName, firstScript = ''): Promise<EngineForm> {
  const { preset, options } = providers[name]
  const body = renderContainer({
    form: preset,
    operator: { name: 'ООО «Пример»' },
    'policy-url': `${pages.url}/policy.html`,
    consents: (['processing', 'transfer'] as const).map((id) => ({
      id,
      required: true,
      documentUrl: `${pages.url}/${id}.html`,
      version: '2026-09-01',
    })),
    provider: name,
    'provider-base-url': urls.get(name),
    'expose-credentials': true,
    ...options,
  })
  return openEngineForm(engine, pages.add({ body, firstScript }))
}

/** Fills the form with sample values, up to the last step. */
async function fillSample(name: SandboxName, form: EngineForm): Promise<void> {
  const preset = presets[providers[name].preset]
  if (!preset) throw new TypeError(`expected a preset for ${name}`)
  await engine.evaluate(
    `void Anketa.mount(document.querySelector('[data-anketa]'), {}).setValues(${JSON.stringify(sampleValues(preset))})`,
  )
  for (const { id } of preset.steps.slice(0, -1)) {
    await form.step(id)
    await form.press('next')
  }
  await form.step(preset.steps.at(-1)?.id ?? '')
}

describe.each([
  ['straight to a provider', ''],
  ['straight to a provider without what the oldest browsers lack', deleteNewerApis],
])('a lead goes %s', (_, firstScript) => {
  it.each(names)('%s', async (name) => {
    const form = await openDirectForm(name, firstScript)
    await fillSample(name, form)
    await form.submit()
    if (name === 'admitad') {
      await form.step('verification')
      await form.type('code', '1234')
      await engine.press('Enter')
    }
    await form.status('accepted')
    const received = sandboxes[name].received()
    expect(received.map(({ path }) => path.replace(/\d+(?=\/confirm)/, 'N'))).toEqual(
      providers[name].requests,
    )
    expect(received.map(({ status }) => status)).toEqual(received.map(() => 200))
    await expectSameEverywhere(name, withoutTimes(received.map(({ rawBody }) => rawBody)))
  })
})

it('an exception in an adapter is reported on the console, and the person reads what to do', async () => {
  const firstScript = 'window.reports = []; console.error = (text) => reports.push(text)'
  const form = await openDirectForm('fivecrm', firstScript)
  await fillSample('fivecrm', form)
  // From here on only the adapter needs it.
  await engine.evaluate('void (window.URLSearchParams = undefined)')
  await form.submit()
  await form.status('failed')
  // The sentence is translated on demand.
  await expect
    .poll(() => engine.evaluate('reports.join()'))
    .toMatch(
      /fivecrm: непредвиденная ошибка в адаптере \(TypeError: \w+ is not a constructor, [\w-]+\.js:\d+:\d+\)/,
    )
  expect(await form.ask(({ find }) => find('[role=alert]')?.textContent)).toContain('в другом браузере')
  expect(sandboxes.fivecrm.received()).toEqual([])
})

/** Times of the day, ports and the numbers of pages are others in every run. */
function withoutTimes(bodies: readonly string[]): string {
  return bodies
    .map((body) =>
      decodeURIComponent(body).replace(/\d\d:\d\d(?::\d\d)?|(?<=127\.0\.0\.1:)\d+|(?<=\/page\/)\d+/g, '…'),
    )
    .join('\n')
}
