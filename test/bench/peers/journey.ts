import axe, { type AxeResults } from 'axe-core'
import type { Browser, CDPSession, Locator, Page } from 'playwright'
import {
  armClock,
  type Condition,
  formHost,
  press,
  readClock,
  readFirstKey,
  recordFirstKey,
  slowDown,
  times,
  typeAndErase,
  typeText,
} from '../page/measures.ts'
import { cityText, longRegion } from './places.ts'
import type { Subject } from './subjects.ts'

/** What was measured, by the name of the measure. */
export type Figures = Readonly<Record<string, number>>

/** How long work that a page puts off may take, ms. */
const settleMs = 500

const person = { lastName: 'Иванова', firstName: 'Анна', phone: '9000000001', email: 'anna@example.ru' }
const document = { passport: '4510123456', passportIssuedDate: '01022020' }

/** Opens a page as a new visitor, and presses the first key as soon as its field takes one. */
async function openPage(browser: Browser, origin: string, subject: Subject, condition: Condition) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'ru-RU' })
  const page = await context.newPage()
  const session = await slowDown(page, condition)
  const transferred = { bytes: 0, requests: 0 }
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    transferred.bytes += encodedDataLength
    transferred.requests += 1
  })
  await page.addInitScript(recordFirstKey)
  await page.goto(origin + subject.path, { waitUntil: 'commit' })
  const find = `(document.querySelector('${formHost}')?.shadowRoot ?? document).querySelector`
  await page.waitForFunction(`Boolean(${find}('${subject.ready}'))`, undefined, { polling: 'raf' })
  await page.evaluate(`${find}('${subject.field('amount')}').focus()`)
  await press(session, '5', 'Digit5', 53)
  const firstKey = await readFirstKey(page)
  return { context, page, session, firstKey, transferred, whenUsable: { ...transferred } }
}

/** What it takes until the first field has taken a key. */
export async function measureLoading(
  browser: Browser,
  origin: string,
  subject: Subject,
  condition: Condition,
): Promise<Figures> {
  const { context, page, firstKey, whenUsable } = await openPage(browser, origin, subject, condition)
  // A page that draws itself again would lose the key.
  await page.waitForTimeout(300)
  const value = await page.locator(subject.field('amount')).inputValue()
  if (!value.includes('5')) throw new Error(`${subject.title} lost the first key`)
  await context.close()
  return {
    [`first key, ${condition}`]: firstKey,
    ...(condition === 'plain'
      ? { 'bytes until usable': whenUsable.bytes, 'requests until usable': whenUsable.requests }
      : {}),
  }
}

/** A person's way through the whole form with the CPU slowed down, but for the sending. */
export async function measureJourney(browser: Browser, origin: string, subject: Subject): Promise<Figures> {
  const { context, page, session, transferred } = await openPage(browser, origin, subject, 'CPU 4x')
  await page.waitForTimeout(settleMs)
  await fill(page, subject, { amount: '0000', termDays: '30' })
  const toPerson = await measureNext(page, subject, subject.field('lastName'))
  const surnameKey = await measureKeys(page, session, subject, 'lastName', 'Константинов')
  const phoneKey = await measureKeys(page, session, subject, 'phone', person.phone)
  await fill(page, subject, person)
  const toPassport = await measureNext(page, subject, subject.field('passport'))
  await fill(page, subject, document)
  await chooseRegion(page, subject)
  const list = await measureList(page, session, subject)
  const toConsents = await measureNext(page, subject, subject.consent)
  await page.locator(subject.consent).first().click()
  await session.send('HeapProfiler.collectGarbage')
  await page.waitForTimeout(settleMs)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await context.close()
  return {
    'Next to the person': toPerson,
    'Next to the passport': toPassport,
    'Next to the consents': toConsents,
    'key in the surname': surnameKey,
    'key in the phone': phoneKey,
    ...list,
    'heap at the end': usedSize,
    'bytes at the end': transferred.bytes,
    'requests at the end': transferred.requests,
  }
}

/** Counts the violations that axe finds in each step, and in the open list. */
export async function countViolations(
  browser: Browser,
  origin: string,
  subject: Subject,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { context, page } = await openPage(browser, origin, subject, 'plain')
  await page.evaluate(axe.source)
  const look = async (): Promise<readonly string[]> => {
    await page.waitForTimeout(settleMs)
    // As text, because a function would be compiled with references to this file's imports.
    const { violations }: AxeResults = await page.evaluate('axe.run(document)')
    return violations.map(({ id }) => id)
  }
  const loan = await look()
  await fill(page, subject, { amount: '0000', termDays: '30' })
  await measureNext(page, subject, subject.field('lastName'))
  const personal = await look()
  await fill(page, subject, person)
  await measureNext(page, subject, subject.field('passport'))
  const passport = await look()
  await fill(page, subject, document)
  await chooseRegion(page, subject)
  await page.locator(subject.list('city')).click()
  await firstOption(page, subject, 'city').waitFor()
  const list = await look()
  await page.keyboard.type(cityText)
  await page.waitForTimeout(settleMs)
  await firstOption(page, subject, 'city').click()
  await measureNext(page, subject, subject.consent)
  const consents = await look()
  await context.close()
  return { loan, person: personal, passport, 'open list': list, consents }
}

async function fill(page: Page, subject: Subject, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(values)) {
    await focusField(page, subject, name)
    await page.keyboard.type(text)
  }
}

/** Gives a field the focus, with the caret where the next character belongs: some masks show what is missing. */
async function focusField(page: Page, subject: Subject, name: string): Promise<void> {
  const field = page.locator(subject.field(name))
  await field.focus()
  await field.evaluate((input) => {
    if (!(input instanceof HTMLInputElement)) return
    const missing = input.value.search(/[_a-z]/i)
    if (missing >= 0) input.setSelectionRange(missing, missing)
  })
}

/** From the press of the button to the frame with the next step's first field, ms. */
async function measureNext(page: Page, subject: Subject, selector: string): Promise<number> {
  const button = page.locator(subject.next).locator('visible=true').first()
  await button.scrollIntoViewIfNeeded()
  await page.waitForTimeout(settleMs)
  await armClock(page, 'mousedown', selector)
  await button.click()
  return readClock(page)
}

/** The script, style and layout of a key, ms: a text is typed and erased. */
async function measureKeys(
  page: Page,
  session: CDPSession,
  subject: Subject,
  name: string,
  text: string,
): Promise<number> {
  await focusField(page, subject, name)
  // Warm: a person's first key in a field is no measure of the twelfth.
  for (let index = 0; index < 3; index += 1) await typeAndErase(session, text.charAt(0))
  await page.waitForTimeout(settleMs)
  const work = await measureWork(page, session, () => typeAndErase(session, text))
  return work / (text.length * 2)
}

async function chooseRegion(page: Page, subject: Subject): Promise<void> {
  await page.locator(subject.list('region')).click()
  await page
    .locator(subject.option('region'))
    .locator('visible=true')
    .filter({ hasText: longRegion })
    .first()
    .click()
  await page.waitForTimeout(settleMs)
}

/** Opening the list of cities, and a key that filters it. The first match is chosen. */
async function measureList(page: Page, session: CDPSession, subject: Subject): Promise<Figures> {
  const list = page.locator(subject.list('city'))
  await list.scrollIntoViewIfNeeded()
  await page.waitForTimeout(settleMs)
  await armClock(page, 'mousedown', subject.option('city'))
  const opening = await measureWork(page, session, () => list.click())
  const opened = await readClock(page)
  const filtering = await measureWork(page, session, () => typeText(session, cityText))
  const found = firstOption(page, subject, 'city')
  const name = (await found.innerText()).trim()
  if (!name.toLowerCase().startsWith(cityText)) throw new Error(`${subject.title} found ${name}`)
  await found.click()
  return {
    'list until shown': opened,
    'work of opening the list': opening,
    'work of a key in the list': filtering / cityText.length,
  }
}

function firstOption(page: Page, subject: Subject, list: string): Locator {
  return page.locator(subject.option(list)).locator('visible=true').first()
}

/** The script, style and layout of an action, with what the page puts off, ms. */
async function measureWork(page: Page, session: CDPSession, action: () => Promise<void>): Promise<number> {
  const before = await times(session)
  await action()
  await page.waitForTimeout(settleMs)
  const after = await times(session)
  return after.script + after.layout - before.script - before.layout
}
