import type { Page, Request } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { acceptAndSubmit, type FormPage, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { createPerson, type Person } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { startTestEnvironment, type TestEnvironment } from '../support/test-environment.ts'

// A phone loses its network at one request after the other: with ANKETA_ROUNDS at each, on slow 4G with a slow processor.

const random = createRandomChoices()
const adminToken = 'invented-operator-token-0123456789'
/** Otherwise only the request is cut that loses the most, on a fast phone. */
const isFull = process.env['ANKETA_ROUNDS'] !== undefined
const rounds = Number(process.env['ANKETA_ROUNDS'] ?? 1)
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment({ adminToken })
})

afterAll(() => environment.close())

/** A request at which the network is lost. `arrives`: the relay gets it, and its answer is lost. */
interface Cut {
  readonly name: string
  readonly matches: (request: Request) => boolean
  readonly arrives?: boolean
}

const isPost = (path: RegExp) => (request: Request) =>
  request.method() === 'POST' && path.test(new URL(request.url()).pathname)
const isGet = (path: RegExp) => (request: Request) =>
  request.method() === 'GET' && path.test(new URL(request.url()).pathname)

const cuts = {
  entry: { name: 'the entry', matches: isGet(/\/form\.js$/) },
  definition: { name: 'the definition', matches: isGet(/\/forms\/sms$/) },
  steps: { name: 'the file of the next steps', matches: isGet(/\/steps-[\w-]+\.js$/) },
  placeList: { name: 'the file of the list of places', matches: isGet(/\/place-list-[\w-]+\.js$/) },
  regions: { name: 'the regions', matches: isGet(/\/regions$/) },
  cities: { name: 'the cities', matches: isGet(/\/cities$/) },
  lead: { name: 'the lead, before it is sent', matches: isPost(/\/leads$/) },
  answer: { name: 'the answer to the lead', matches: isPost(/\/leads$/), arrives: true },
  language: { name: 'the file of the step for the code', matches: isGet(/\/language-[\w-]+\.js$/) },
  code: { name: 'the code, before it is sent', matches: isPost(/\/code$/) },
  codeAnswer: { name: 'the answer to the code', matches: isPost(/\/code$/), arrives: true },
} as const satisfies Readonly<Record<string, Cut>>

/** How long the network is away, in milliseconds. */
const outageMs = 600

/** A page on a slow phone, whose network is lost once, at one request. */
async function openPhone(
  cut: Cut | undefined,
): Promise<{ page: Page; wasCut: () => boolean; lose(next: Cut): void }> {
  const page = await environment.browser.newPage({ viewport: { width: 360, height: 780 } })
  const session = await page.context().newCDPSession(page)
  const slow4G = { latency: 150, downloadThroughput: 200_000, uploadThroughput: 84_000 }
  const fast = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  const setOffline = (offline: boolean) =>
    session.send('Network.emulateNetworkConditions', { ...(isFull ? slow4G : fast), offline })
  await session.send('Network.enable')
  if (isFull) await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await setOffline(false)
  let pending = cut
  let isDown = false
  await page.route('**/*', async (route) => {
    const request = route.request()
    if (!isDown && !pending?.matches(request)) return route.continue()
    if (!isDown && pending) {
      const { arrives } = pending
      pending = undefined
      if (arrives) await route.fetch()
      isDown = true
      await setOffline(true)
      setTimeout(() => {
        isDown = false
        setOffline(false).catch(() => undefined)
      }, outageMs)
    }
    return route.abort('internetdisconnected')
  })
  return { page, wasCut: () => pending === undefined, lose: (next) => void (pending = next) }
}

/** The leads of a person at the relay, as the operator finds them. */
async function findLeads(person: Person): Promise<readonly { readonly status: string }[]> {
  const response = await fetch(`${environment.demo().url}/admin/leads/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ phone: `+7900000${person.phoneEnd.padStart(4, '0')}` }),
  })
  const { leads } = await response.json()
  return leads
}

let persons = 0

/** A person with a phone that no other journey of this file has. */
function createOwnPerson(): Person {
  persons += 1
  return { ...createPerson(random), phoneEnd: String(persons).padStart(2, '0') }
}

/** Fills in the form, and presses again where it says that something has not come. */
async function fillIn(form: FormPage, person: Person): Promise<void> {
  const again = form.root.getByText('нажмите ещё раз')
  await form.page.addLocatorHandler(again, () => form.action('next').click(), { noWaitAfter: true })
  await typeAnswers(form, person, 'at once')
  await form.page.removeLocatorHandler(again)
  await acceptAndSubmit(form)
}

/** Enters the code, and presses again where it says that something has not come, until it is accepted. */
async function confirm({ page, control, action }: FormPage): Promise<void> {
  const code = control('code')
  const load = action('retry')
  const accepted = page.locator('[data-status=accepted]')
  await code.or(load).waitFor({ timeout: 30_000 })
  await expect
    .poll(async () => {
      if (await load.isVisible()) await load.click()
      return code.isVisible()
    })
    .toBe(true)
  await code.fill('1234')
  await expect
    .poll(async () => {
      const isSending = await page.locator('[data-status=sending]').isVisible()
      if (!isSending && (await code.isVisible())) await action('confirm').click()
      return accepted.isVisible()
    })
    .toBe(true)
}

describe.each(Array.from({ length: rounds }, (_, round) => round + 1))('a phone, round %i', () => {
  const usual = [cuts.answer]
  it.each(isFull ? Object.values(cuts) : usual)(
    'that loses the network at $name sends one application',
    async (cut) => {
      const person = createOwnPerson()
      const { page, wasCut } = await openPhone(cut)
      const form = await openForm(page, `${environment.demo().url}/sms`)
      await fillIn(form, person)
      await form.step('verification')
      await confirm(form)
      expect(wasCut()).toBe(true)
      expect(await findLeads(person)).toMatchObject([{ status: 'accepted' }])
      await page.close()
    },
  )

  it('that is reloaded while it sends, and loses the network once more, learns what became of it', async () => {
    const person = createOwnPerson()
    const { page, wasCut, lose } = await openPhone(undefined)
    const form = await openForm(page, `${environment.demo().url}/sms`)
    await typeAnswers(form, person, 'at once')
    // The relay gets the lead, and its answer takes longer than the person waits.
    const arrived = Promise.withResolvers<void>()
    await page.route('**/leads', async (route) => {
      await route.fetch()
      arrived.resolve()
      await route.abort().catch(() => undefined)
    })
    await acceptAndSubmit(form)
    await arrived.promise
    lose({ name: 'the question', matches: isGet(/\/leads\/[\w-]+$/) })
    await page.reload()
    await page.unroute('**/leads')
    await page.locator('[data-recovery=code] [data-action=continue]').click()
    await form.step('verification')
    expect(wasCut()).toBe(true)
    await confirm(form)
    expect(await findLeads(person)).toMatchObject([{ status: 'accepted' }])
    expect(await page.evaluate('sessionStorage.length')).toBe(0)
    await page.close()
  })
})

it('a page that loses the network before its script shows its own content, and the form after a reload', async () => {
  const { page } = await openPhone({ name: 'the script', matches: isGet(/\/anketa\.js$/) })
  await page.goto(`${environment.demo().url}/sms`)
  await page.getByText('Если она не появилась, обновите страницу').waitFor()
  await expect.poll(() => page.evaluate('navigator.onLine')).toBe(true)
  await openForm(page, `${environment.demo().url}/sms`)
  await page.close()
})

it.runIf(isFull)('what the form says without a network can be read by everybody', async () => {
  const page = await environment.browser.newPage({ viewport: { width: 360, height: 780 } })
  // The form asks before the page is left with answers in it.
  page.on('dialog', (dialog) => void dialog.accept())
  let isDown = true
  await page.route(/\/forms\/sms(\/|$)/, (route) => (isDown ? route.abort() : route.continue()))
  await page.goto(`${environment.demo().url}/sms`)
  const load = page.locator('[data-action=load]')
  await load.waitFor({ timeout: 30_000 })
  await expectAccessible(page, 'network-form-unavailable')
  isDown = false
  await load.click()
  const form = await openForm(page, `${environment.demo().url}/sms`)
  await form.control('amount').fill('30000')
  await form.root.locator('[data-action=next]').focus()
  await expect
    .poll(async () => {
      // The file that says it may not have come yet.
      await page.evaluate("dispatchEvent(new Event('offline'))")
      return form.root.locator('[part~=connection]').count()
    })
    .toBe(1)
  await expectAccessible(page, 'network-offline')
  await page.evaluate("dispatchEvent(new Event('online'))")
  const person = createOwnPerson()
  await typeAnswers(form, person, 'at once')
  isDown = true
  await acceptAndSubmit(form)
  await form.root.getByText('Не закрывайте страницу').waitFor()
  await expectAccessible(page, 'network-repeating')
  await page.route(/\/leads/, (route) => route.abort())
  isDown = false
  await page.reload()
  await page.locator('[data-recovery=waiting]').waitFor({ timeout: 30_000 })
  await expectAccessible(page, 'network-recovery-waiting')
  await page.unroute(/\/leads/)
  await page.locator('[data-action=ask]').click()
  await page.locator('[data-recovery=lost]').waitFor({ timeout: 30_000 })
  await expectAccessible(page, 'network-recovery-lost')
  expect(await findLeads(person)).toEqual([])
  await page.close()
})
