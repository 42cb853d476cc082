import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fetch } from '../../../src/delivery/send-http.ts'
import { formatLeadNumber } from '../../../src/lead/lead-number.ts'
import { parseConfig } from '../../../src/relay/config/config.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { createFakeProvider } from '../support/fake-provider.ts'
import { env, formEntry } from '../support/invented.ts'
import { createRelayFixture, request } from '../support/relay-fixture.ts'

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])
const svg = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
const offers = [
  {
    title: 'Первый & пример',
    text: 'До 30 000 ₽',
    logo: 'logos/first.svg',
    url: 'https://first.example.ru/?utm={utm_source}&lead={leadId}&n={number}&o={outcome}&erid={erid}',
    fullCost: { min: 0, max: 292 },
    rate: 0.8,
    advertiser: 'ООО «Первый»',
    erid: '2VtzqFirst',
  },
  { title: 'Второй', logo: 'https://cdn.example.ru/second.png', url: 'https://second.example.ru/' },
  {
    title: 'Третий',
    logo: `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
    url: 'https://third.example.ru/',
  },
  { title: 'Четвёртый', logo: 'https://gone.example.ru/a.png', url: 'https://fourth.example.ru/' },
  { title: 'Пятый', logo: 'https://endless.example.ru/a.png', url: 'https://fifth.example.ru/' },
]
const after = {
  declined: { title: 'Сейчас отказали', text: 'Посмотрите другие предложения.', offers },
  queued: { redirect: 'https://example.ru/next?lead={leadId}', again: true },
}
const files: Readonly<Record<string, string>> = { 'logos/first.svg': svg }
const readText = async (path: string): Promise<string> => {
  const text = files[path]
  if (text === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' })
  return text
}

const fetched: string[] = []
let readKilobytes = 0
let isCancelled = false
/** An image without an end. */
function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      readKilobytes += 1
      if (readKilobytes > 1000) controller.error(new Error('read on'))
      else controller.enqueue(new Uint8Array(1024))
    },
    cancel() {
      isCancelled = true
    },
  })
}
const publicFetch: Fetch = async (url) => {
  if (url.startsWith('https://refusal.')) return new Response(null, { status: 410 })
  fetched.push(url)
  if (url.startsWith('https://endless.'))
    return new Response(endless(), { headers: { 'content-type': 'image/png' } })
  return url.includes('gone')
    ? new Response('', { status: 404 })
    : new Response(png, { headers: { 'content-type': 'image/png' } })
}

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay

beforeAll(async () => {
  fixture = await createRelayFixture()
  relay = await fixture.start(await fixture.usedDatabase(), {
    fetch: createFakeProvider().fetch,
    publicFetch,
    readText,
    env: { ...env, SECRET: `whsec_${Buffer.from('a secret of this test only').toString('base64')}` },
    forms: {
      main: {
        ...formEntry(),
        answerWithinSeconds: 3,
        after,
        destinations: [
          { provider: 'webhook', url: 'https://refusal.example.ru/', secret: { env: 'SECRET' } },
        ],
      },
      stored: { ...formEntry(), answerWithinSeconds: 0, after, destinations: [] },
    },
  })
}, 60_000)
afterAll(() => fixture.end())
beforeEach(() => {
  fetched.length = 0
})

/** What the relay serves as logos, in the order of the offers. */
async function servedLogos(form = 'main'): Promise<readonly string[]> {
  const { text } = await request(relay, `/forms/${form}`)
  const served: { readonly after: typeof after } = JSON.parse(text)
  return served.after.declined.offers.map(({ logo }) => logo)
}

describe('what comes after an outcome', () => {
  it("is served with the definition, with the relay's own addresses of the logos", async () => {
    const { text } = await request(relay, '/forms/main')
    const served: { readonly after: unknown } = JSON.parse(text)
    const logo = expect.stringMatching(/^logos\/[\da-f]{24}\.(?:svg|png)$/)
    expect(served.after).toEqual({
      ...after,
      declined: { ...after.declined, offers: offers.map((offer) => ({ ...offer, logo })) },
    })
    expect(new Set(await servedLogos()).size).toBe(5)
    expect(fetched).toEqual([])
  })

  it('of the entry goes before that of the definition', async () => {
    const entry = formEntry()
    const own = { accepted: { title: 'Из определения' } }
    const config = await parseConfig(
      { forms: { main: { ...entry, definition: { ...entry.definition, after: own }, after } } },
      { env, readText },
    )
    const result = config.forms.get('main')
    expect(result && 'form' in result && result.form.definition.after?.accepted).toBeUndefined()
    expect(result && 'form' in result && result.form.definition.after?.declined?.title).toBe(
      'Сейчас отказали',
    )
  })

  it.each([
    [
      { declined: { offers: [{ ...offers[0], url: 'javascript:alert(1)' }] } },
      'after.declined.offers.0.url: expected an absolute address',
    ],
    [
      { declined: { offers: [{ ...offers[0], fullCost: undefined }] } },
      'after.declined.offers.0: expected the key "fullCost"',
    ],
    [
      { declined: { offers: [{ ...offers[0], logo: 'none.svg' }] } },
      'after.declined.offers.0.logo: the file that it names could not be read (ENOENT)',
    ],
    [
      { declined: { offers: [{ ...offers[0], logo: 'secret.txt' }] } },
      'after.declined.offers.0.logo: expected a file that ends with svg, png',
    ],
  ])('with a mistake refuses that form, and names the place', async (wrong, problem) => {
    const config = await parseConfig({ forms: { main: { ...formEntry(), after: wrong } } }, { env, readText })
    const result = config.forms.get('main')
    expect(result && 'problems' in result ? result.problems.join('\n') : '').toContain(problem)
  })
})

describe('a logo', () => {
  it('that is a file is served to pages of any origin, and runs nothing when it is opened', async () => {
    const [first = ''] = await servedLogos()
    const { status, headers, text } = await request(relay, `/forms/main/${first}`)
    expect([status, text]).toEqual([200, svg])
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    })
  })

  it('that is an address is fetched once, when it is first asked for', async () => {
    const [, second = ''] = await servedLogos()
    for (let count = 0; count < 3; count += 1) {
      const { status, headers } = await request(relay, `/forms/main/${second}`)
      expect([status, headers.get('content-type')]).toEqual([200, 'image/png'])
    }
    expect(fetched).toEqual(['https://cdn.example.ru/second.png'])
  })

  it('that cannot be fetched is not found, and is not asked for with every request', async () => {
    const [, , , fourth = ''] = await servedLogos()
    expect((await request(relay, `/forms/main/${fourth}`)).status).toBe(404)
    expect((await request(relay, `/forms/main/${fourth}`)).status).toBe(404)
    expect(fetched).toEqual(['https://gone.example.ru/a.png'])
  })

  it('that is too long is read no further', async () => {
    const fifth = (await servedLogos()).at(-1) ?? ''
    expect((await request(relay, `/forms/main/${fifth}`)).status).toBe(404)
    expect(isCancelled).toBe(true)
    expect(readKilobytes).toBeLessThan(110)
  })

  it.each(['logos/none.png', 'logos/..%2F..%2Fpackage.json'])(
    'that no offer has is not found: %s',
    async (path) => {
      expect((await request(relay, `/forms/main/${path}`)).status).toBe(404)
    },
  )
})

const typed = {
  amount: '30 000',
  lastName: 'Меткина',
  firstName: 'Меткаимя',
  noMiddleName: 'on',
  birthDate: '31.01.1990',
  phone: '8 900 000-00-61',
  city: 'Москва',
  cityKladr: '7700000000000',
  'consent.processing': 'on',
  utm_source: 'vk & co',
}

const send = (form: string, headers: Readonly<Record<string, string>> = {}) =>
  request(relay, `/forms/${form}/leads`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://landing.example.ru',
      ...headers,
    },
    body: new URLSearchParams(typed).toString(),
  })

describe('the page that answers a form without a script', () => {
  it('shows the offers, the full cost before the rate, and no value in a link', async () => {
    const { status, headers, text } = await send('main')
    expect(status).toBe(200)
    const id = /lead=([\da-f-]{36})/.exec(text)?.[1] ?? ''
    expect(text).toContain('<h1>Сейчас отказали</h1>')
    expect(text).toContain('Первый &amp; пример')
    expect(text).toContain(
      `href="https://first.example.ru/?utm=vk%20%26%20co&amp;lead=${id}&amp;n=${formatLeadNumber(id)}&amp;o=declined&amp;erid=2VtzqFirst"`,
    )
    expect(text.indexOf('Полная стоимость займа')).toBeGreaterThan(0)
    expect(text.indexOf('Полная стоимость займа')).toBeLessThan(text.indexOf('Ставка'))
    expect(text).toMatch(/Реклама\. ООО «Первый»\. erid: 2VtzqFirst/)
    expect(text).toContain('Оценивайте свои финансовые возможности и риски')
    expect(text.match(/rel="noopener"/g)).toHaveLength(5)
    expect(text).toMatch(/<img src="logos\/[\da-f]{24}\.svg"/)
    expect(headers.get('content-security-policy')).toContain("img-src 'self'")
    for (const link of text.match(/href="[^"]*"/g) ?? [])
      for (const value of ['Метк', '900', '1990', '30000', '%D0%9C']) expect(link).not.toContain(value)
  })

  it('shows the link to the next page', async () => {
    const { text } = await send('stored')
    expect(text).toMatch(/href="https:\/\/example\.ru\/next\?lead=[\da-f-]{36}"/)
    expect(text).toContain('Перейти сейчас')
  })

  it('has a link back to the form where the person may begin again, without what the address had', async () => {
    const referer = 'https://landing.example.ru/loan/?phone=79000000061#form'
    const { text } = await send('stored', { referer })
    expect(text).toContain('href="https://landing.example.ru/loan/">Подать новую заявку</a>')
    expect((await send('main', { referer })).text).not.toContain('Подать новую заявку')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '"><script>'])(
    'has no link to what is no page: %s',
    async (referer) => {
      const { text } = await send('stored', { referer })
      expect(text).toContain('вернитесь на страницу с формой')
      expect(text).not.toContain('class="again"')
    },
  )
})
