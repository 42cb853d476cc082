import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRelay } from '../../../src/relay/create-relay.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { connectBrowser } from '../../support/connect-browser.ts'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { monitorPage, monitorPolicy } from '../support/pages/monitor-page.ts'
import { openForm } from '../support/pages/form-page.ts'

/** As docs/csp.md has it. */
const strictPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

const documents = {
  operator: { name: 'ООО Пример' },
  policyUrl: 'https://example.ru/policy',
  consents: [
    {
      id: 'processing',
      required: true,
      documentUrl: 'https://example.ru/consent/2026-09-01.html',
      version: '2026-09-01',
    },
  ],
  origins: [],
  destinations: [],
}

let folder: string
let browser: Browser
let relay: Relay
let server: ReturnType<typeof createAdaptorServer>
let url: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anketa-protection-'))
  await copyDatabaseTemplate(folder)
  browser = await connectBrowser()
  relay = await createRelay(
    {
      database: `pglite:${folder}`,
      limits: { perPhone: 1 },
      forms: {
        open: { ...documents, definition: 'callback' },
        asking: { ...documents, definition: 'callback', challenge: 'always' },
      },
    },
    {
      env: {},
      fetch: () => Promise.reject(new Error('nothing is sent')),
      widgetFile: new URL('../../../dist/anketa.js', import.meta.url),
    },
  )
  server = createAdaptorServer({
    fetch: (request) => {
      const { pathname } = new URL(request.url)
      return pathname.startsWith('/page/') ? pageOf(pathname.slice('/page/'.length)) : relay.fetch(request)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})

afterAll(async () => {
  await browser.close()
  server.close()
  await relay.close({ graceMs: 100 })
  await rm(folder, { recursive: true, force: true })
})

function pageOf(form: string): Response {
  return new Response(
    `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Заявка</title><div data-anketa></div><script type="module" async src="/forms/${form}/form.js"></script>`,
    { headers: { 'content-type': 'text/html', 'content-security-policy': strictPolicy } },
  )
}

async function open(form: string) {
  const page = await browser.newPage()
  const violations = await monitorPolicy(page)
  const { consoleMessages } = monitorPage(page)
  const requests: string[] = []
  const workers: string[] = []
  page.on('worker', (worker) => workers.push(worker.url()))
  page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`))
  return {
    page,
    violations,
    consoleMessages,
    requests,
    workers,
    shown: await openForm(page, `${url}/page/${form}`),
  }
}

async function fillIn(
  { shown }: { shown: Awaited<ReturnType<typeof openForm>> },
  phone: string,
): Promise<void> {
  await shown.control('firstName').pressSequentially('Иван')
  await shown.control('phone').pressSequentially(phone)
  await shown.consent('processing').check()
}

function leadsIn(requests: readonly string[], form: string): number {
  return requests.filter((request) => request === `POST /forms/${form}/leads`).length
}

describe('one application too many', () => {
  it('keeps the answers, says when to send again, and is taken then', async () => {
    const first = await open('open')
    await fillIn(first, '9000000081')
    await first.shown.action('submit').click()
    await first.shown.status('queued')

    const second = await open('open')
    await fillIn(second, '9000000081')
    await second.shown.action('submit').click()
    await second.shown.status('failed')
    const notice = second.page.locator('[part=notice][role=alert]')
    expect(await notice.textContent()).toMatch(
      /много заявок подряд\. Ваши ответы на месте: отправьте ещё раз через \d+ секунд[уы]?\.$/,
    )
    expect(leadsIn(second.requests, 'open')).toBe(1)
    expect(await second.shown.control('firstName').inputValue()).toBe('Иван')
    expect(await second.shown.action('retry').textContent()).toContain('Отправить ещё раз')

    // With another phone at once; the limit of this one ends later.
    await second.shown.control('phone').fill('9000000082')
    await second.shown.action('submit').or(second.shown.action('retry')).click()
    await second.shown.status('queued')
    expect(second.violations).toEqual([])
    await Promise.all([first.page.close(), second.page.close()])
  })
})

describe('a form that asks every browser for a task', () => {
  it('gets it solved under the strictest policy, without a worker, and the person notices nothing', async () => {
    const visit = await open('asking')
    await fillIn(visit, '9000000083')
    expect(visit.requests.some((request) => request.includes('challenge'))).toBe(false)
    await visit.shown.action('submit').click()
    await visit.shown.status('queued')
    expect(leadsIn(visit.requests, 'asking')).toBe(2)
    expect(visit.requests).toContain('GET /forms/asking/challenge')
    expect(
      visit.requests.filter((request) => /\/forms\/asking\/journey-[\w-]{8}\.js$/.test(request)),
    ).toHaveLength(1)
    expect(visit.workers).toEqual([])
    expect(visit.violations).toEqual([])
    // Chromium's own line about the answer 429.
    expect(visit.consoleMessages.filter((line) => !line.includes('429'))).toEqual([])
    await visit.page.close()
  })
})

describe('the hidden field', () => {
  it('is passed over by Tab, screen readers and autofill, and marks the lead of a program', async () => {
    const visit = await open('open')
    const { page, shown } = visit
    await shown.control('firstName').pressSequentially('Иван')
    const hidden = shown.root.locator('input[name=website]')
    await hidden.waitFor({ state: 'attached' })
    const attributes = await hidden.evaluate((input) => ({
      tabIndex: input.tabIndex,
      autocomplete: input.getAttribute('autocomplete'),
      inert: input.closest('[inert]') !== null,
      hidden: input.closest('[aria-hidden=true]') !== null,
      classes: input.className,
    }))
    expect(attributes).toEqual({
      tabIndex: -1,
      autocomplete: 'off',
      inert: true,
      hidden: true,
      classes: expect.stringContaining('ym-disable-keys'),
    })
    expect(await focusedNames(page, 15)).not.toContain('website')
    expect(await shown.root.ariaSnapshot()).not.toMatch(/website/i)
    // A browser focuses a field before it fills it in.
    expect(await hidden.evaluate((input) => (input.focus(), input.matches(':focus')))).toBe(false)
    const box = await hidden.locator('..').boundingBox()
    expect((box?.width ?? 0) * (box?.height ?? 0)).toBeLessThanOrEqual(4)

    await hidden.evaluate(
      (input) => input instanceof HTMLInputElement && (input.value = 'https://spam.example'),
    )
    await shown.control('phone').fill('9000000084')
    await shown.consent('processing').check()
    const post = page.waitForRequest((request) => request.method() === 'POST')
    await shown.action('submit').click()
    expect((await post).postDataJSON()).toMatchObject({ website: 'https://spam.example' })
    await shown.status('queued')
    await page.close()
  })
})

/** The names of what Tab reaches. */
async function focusedNames(page: Page, presses: number): Promise<readonly string[]> {
  const names: string[] = []
  for (let count = 0; count < presses; count += 1) {
    await page.keyboard.press('Tab')
    names.push(
      await page.evaluate(() => {
        let focused = document.activeElement
        while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
        return focused?.getAttribute('name') ?? focused?.tagName ?? ''
      }),
    )
  }
  return names
}
