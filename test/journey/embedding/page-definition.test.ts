import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hooks } from '../../../src/entries/testing.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { accepted, createFakeProvider } from '../../relay/support/fake-provider.ts'
import { formEntry } from '../../relay/support/invented.ts'
import { createRelayFixture } from '../../relay/support/relay-fixture.ts'
import { connectBrowser } from '../../support/connect-browser.ts'

// Every way in which a page can say something about the form of its relay. Each lead arrives whole, or the form does not
// start and the console says why. It never happens that a person sends again and again, or that an answer is lost.

const leads = 'https://leads.example.ru'
const landing = 'https://landing.example.ru'
const widgetFile = new URL('../../../dist/anketa.js', import.meta.url)
const entry = formEntry()
const { definition, operator, policyUrl, consents } = entry
const [loan, person, place] = definition.steps
const [processing, transfer] = consents
const withAmount = (amount: object) => [{ ...loan, fields: [{ name: 'amount', ...amount }] }, person, place]

/** What a page says, in its attributes. */
type PageOptions = Readonly<Record<string, unknown>>

const delivered: readonly (readonly [string, PageOptions])[] = [
  ['nothing', {}],
  ['the same steps', { form: { id: 'page', steps: definition.steps } }],
  ['the same documents', { operator, 'policy-url': policyUrl, consents }],
  ['a lower limit', { 'maximum-amount': 50_000 }],
  ['a label and a hint', { fields: { phone: { label: 'Мобильный', hint: 'Мы перезвоним' } } }],
  [
    'lower limits in a form of its own',
    { form: { id: 'page', steps: withAmount({ minimum: 5000, maximum: 40_000 }) } },
  ],
  [
    'another order in a step',
    { form: { id: 'page', steps: [loan, { ...person, fields: person?.fields.toReversed() }, place] } },
  ],
  ['some of the fields', { form: { id: 'page', steps: [loan, { ...person, fields: ['phone'] }] } }],
  ['a higher age', { 'minimum-age': 21 }],
]

const refused: readonly (readonly [string, PageOptions, RegExp])[] = [
  ['a higher limit', { 'maximum-amount': 200_000 }, /fields\.amount\.maximum/],
  [
    'a higher limit in a form of its own',
    { form: { id: 'page', steps: withAmount({ maximum: 200_000 }) } },
    /amount\.maximum/,
  ],
  [
    'other steps',
    { form: { id: 'page', steps: [{ id: 'only', title: 'Шаг', fields: ['phone'] }] } },
    /steps/,
  ],
  [
    'more fields',
    {
      form: { id: 'page', steps: [loan, { ...person, fields: [...(person?.fields ?? []), 'snils'] }, place] },
    },
    /steps/,
  ],
  ['a preset', { form: 'callback' }, /steps/],
  ['a field that the relay does not ask', { fields: { snils: { label: 'СНИЛС' } } }, /fields\.snils/],
  ['another operator', { operator: { ...operator, name: 'ООО Страница' } }, /operator/],
  ['another policy', { 'policy-url': 'https://example.ru/other' }, /policyUrl/],
  ['another version of a consent', { consents: [{ ...processing, version: '2' }, transfer] }, /consents/],
  ['another sentence of a consent', { consents: [{ ...processing, text: 'Да' }, transfer] }, /consents/],
  ['another consent', { consents: [...consents, { ...transfer, id: 'own' }] }, /consents/],
  ['a lower age', { 'minimum-age': 16 }, /minimumAge/],
]

const provider = createFakeProvider()
let browser: Browser
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay
/** The same form, which asks for one more field. */
let changed: Relay

beforeAll(async () => {
  fixture = await createRelayFixture()
  const start = async (main: object) =>
    fixture.start(await fixture.usedFolder(), {
      fetch: provider.fetch,
      widgetFile,
      config: { publicUrl: leads },
      forms: { main: { ...entry, answerWithinSeconds: 5, ...main } },
    })
  relay = await start({})
  const steps = [loan, { ...person, fields: [...(person?.fields ?? []), 'inn'] }, place]
  changed = await start({ definition: { ...definition, steps } })
  browser = await connectBrowser()
}, 120_000)

afterAll(async () => {
  await browser.close()
  await fixture.end()
})

/** Opens a page of another origin. `relayFor` returns the relay that answers a request. */
async function open(
  options: PageOptions,
  way: 'loader' | 'script',
  relayFor: (path: string) => Relay = () => relay,
) {
  const page = await browser.newPage()
  const lines: string[] = []
  const posts: { readonly values: unknown; readonly answer: unknown }[] = []
  page.on('console', (message) => {
    if (message.text().startsWith('Anketa')) lines.push(message.text())
  })
  await page.route(`${leads}/**`, async (route) => {
    const request = route.request()
    const { pathname } = new URL(request.url())
    const body = request.postData()
    const headers = await request.allHeaders()
    for (const name of Object.keys(headers)) if (name.startsWith(':')) delete headers[name]
    const init = { method: request.method(), headers: { ...headers, 'accept-encoding': 'identity' } }
    const response = await relayFor(pathname).fetch(
      new Request(request.url(), body === null ? init : { ...init, body }),
    )
    const text = await response.text()
    if (body !== null) posts.push({ values: JSON.parse(body).values, answer: JSON.parse(text) })
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: text,
    })
  })
  const attributes = Object.entries(options).map(
    ([name, value]) =>
      `data-${name}='${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", '&#39;')}'`,
  )
  const [relayAttribute, tag] =
    way === 'loader'
      ? [`data-relay="${leads}/forms/main/"`, `<script async src="${leads}/anketa.js"></script>`]
      : ['', `<script type="module" async src="${leads}/forms/main/form.js"></script>`]
  await page.route(`${landing}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><title>Page</title><div data-anketa ${relayAttribute} ${attributes.join(' ')}>Позвоните нам</div>${tag}`,
    }),
  )
  await page.goto(landing)
  return {
    page,
    lines,
    posts,
    status: () => page.locator('[data-anketa]').getAttribute('data-anketa-status'),
  }
}

const values = {
  amount: 30_000,
  lastName: 'Примеров',
  firstName: 'Иван',
  noMiddleName: true,
  birthDate: '1990-01-31',
  email: 'ivan@example.ru',
  city: 'Москва',
  region: 'Москва',
}
let people = 0

/** Fills in every field, goes to the last step and sends. Returns the values. */
async function fillIn(page: Page): Promise<Readonly<Record<string, unknown>>> {
  people += 1
  const all = { ...values, phone: `+790000000${String(people).padStart(2, '0')}` }
  await page.evaluate(`
    form = document.querySelector('[data-anketa]')[Symbol.for('anketa')]
    form.setValues(${JSON.stringify(all)})
    form.goTo('place')
  `)
  await page.locator(hooks.consent('processing')).check()
  await page.evaluate('form.submit()')
  return all
}

describe.each(['loader', 'script'] as const)('beside a relay, with the %s, a page', (way) => {
  it.each(delivered)('that says %s has a form whose lead arrives whole', async (_, options) => {
    provider.answer(accepted(1))
    const { page, lines, posts, status } = await open(options, way)
    await expect.poll(status).toBe('ready')
    const sent = await fillIn(page)
    await expect.poll(() => page.locator('[data-status=accepted]').count()).toBe(1)
    expect(posts).toMatchObject([{ values: sent, answer: { outcome: 'accepted' } }])
    expect(posts[0]?.answer).not.toHaveProperty('ignored')
    expect(provider.bodies.at(-1)).toContain(sent['phone'])
    expect(lines).toEqual([])
    await page.close()
  })

  it.each(refused)(
    'that says %s has no form, but a sentence, and keeps its own content',
    async (_, options, sentence) => {
      const { page, lines, posts, status } = await open(options, way)
      await expect.poll(status).toBe('failed')
      await expect.poll(() => lines).toEqual([expect.stringMatching(sentence)])
      expect(await page.locator('[data-anketa]').textContent()).toBe('Позвоните нам')
      expect(posts).toEqual([])
      await page.close()
    },
  )

  it('that is open while the form changes gets the new form once, and its lead arrives whole', async () => {
    provider.answer(accepted(1))
    let current = relay
    const { page, posts, status } = await open(
      { fields: { phone: { label: 'Мобильный' } } },
      way,
      () => current,
    )
    await expect.poll(status).toBe('ready')
    current = changed
    const sent = await fillIn(page)
    await page.getByText('Форма обновилась').waitFor()
    const inn = '500100732259'
    await page.evaluate(`form.setValues({ inn: '${inn}' }); form.submit()`)
    await expect.poll(() => page.locator('[data-status=accepted]').count()).toBe(1)
    expect(posts.at(-1)).toMatchObject({ values: { ...sent, inn }, answer: { outcome: 'accepted' } })
    expect(posts).toHaveLength(2)
    await page.close()
  })

  it('whose relay refuses the lead for another form than it serves ends in words, with every answer kept', async () => {
    const { page, lines, posts, status } = await open({}, way, (path) =>
      path.endsWith('/leads') ? changed : relay,
    )
    await expect.poll(status).toBe('ready')
    const sent = await fillIn(page)
    for (const attempt of [1, 2, 3]) {
      await expect.poll(() => posts).toHaveLength(attempt)
      await page.locator('[data-status=failed] [role=alert]').getByText('Ваши ответы на месте').waitFor()
      await expect.poll(() => lines).toHaveLength(attempt)
      expect(await page.evaluate('form.state.values')).toMatchObject(sent)
      await page.locator(hooks.action('retry')).click()
    }
    expect(lines.join()).toContain('inn')
    await page.close()
  })
})
