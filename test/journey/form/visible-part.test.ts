import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeScreenshot } from '../support/pages/axe.ts'
import { type HostPage, openHostPage } from '../support/pages/host-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const person = createPerson(createRandomChoices())
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

const phone = { width: 360, height: 640 }
/** What a keyboard leaves of the phone's screen. */
const visibleHeight = 340

/** How a browser tells of a keyboard. */
const keyboards = {
  /** iOS, and Android by default: the page keeps its height, and a smaller part of it is seen. */
  'over the page': (page: Page, isOpen: boolean) =>
    page.evaluate(
      ([height]) => {
        const viewport = window.visualViewport
        if (!viewport) return
        Object.defineProperty(viewport, 'height', { configurable: true, value: height })
        viewport.dispatchEvent(new Event('resize'))
      },
      [isOpen ? visibleHeight : phone.height],
    ),
  /** `interactive-widget=resizes-content`, and older versions of Android: the page becomes lower. */
  'that resizes the page': (page: Page, isOpen: boolean) =>
    page.setViewportSize({ ...phone, height: isOpen ? visibleHeight : phone.height }),
} as const

/** The boxes of the focused control, its label and its message, and what the page's bars leave of the window. */
async function readBoxes(form: HostPage) {
  return form.root.evaluate((root) => {
    const tree = root.getRootNode()
    const focused =
      'activeElement' in tree && tree.activeElement instanceof Element ? tree.activeElement : root
    const frame = focused.closest('[data-field], [data-consent], header')
    const message = frame?.querySelector('[part=error], [part=warning]')
    const header = document.querySelector('#bar')?.getBoundingClientRect()
    const box = (element: Element | null | undefined) => {
      const { top, bottom } = element?.getBoundingClientRect() ?? { top: -1, bottom: -1 }
      return { top: Math.round(top), bottom: Math.round(bottom) }
    }
    return {
      field: frame?.getAttribute('data-field') ?? frame?.getAttribute('data-consent') ?? frame?.tagName ?? '',
      control: box(focused),
      message: box(message),
      hasMessage: message !== null && message !== undefined,
      top: Math.max(0, Math.round(header?.bottom ?? 0)),
      bottom: Math.round(document.querySelector('#lower-bar')?.getBoundingClientRect().top ?? Infinity),
    }
  })
}

async function expectVisible(form: HostPage, height: number, withMessage: boolean): Promise<string> {
  await expect
    .poll(async () => {
      const { control, message, hasMessage, top, bottom } = await readBoxes(form)
      const boxes = withMessage ? [control, message] : [control]
      const isVisible = boxes.every((box) => box.top >= top && box.bottom <= Math.min(bottom, height))
      return isVisible && (hasMessage || !withMessage)
        ? 'visible'
        : JSON.stringify({ control, message, top, bottom })
    })
    .toBe('visible')
  return (await readBoxes(form)).field
}

const bars = {
  'no bar': '',
  'a sticky header':
    '<div id="bar" style="position: sticky; top: 0; height: 64px; background: #fff; z-index: 5">Заём</div>',
  'a fixed header that lies deep':
    '<div id="bar" style="position: fixed; inset: 0 0 auto; height: 96px; background: #eee; z-index: 5"><div><b>Заём</b></div></div>',
  // As every page with a lower bar, this one can be scrolled until its end is above the bar.
  'bars at both edges':
    '<style>body { padding-bottom: 72px !important }</style>' +
    '<div id="bar" style="position: sticky; top: 0; height: 64px; background: #fff; z-index: 5">Заём</div>' +
    '<div id="lower-bar" style="position: fixed; inset: auto 0 0; height: 56px; background: #eee; z-index: 5">Позвонить</div>',
} as const

/** What is typed into the required fields of the form with every field. */
const answersByStep = {
  loan: { amount: '30000', termDays: '30' },
  person: {
    lastName: person.lastName,
    firstName: person.firstName,
    middleName: 'Иванович',
    birthDate: person.birthday,
    phone: `+790000000${person.phoneEnd}`,
  },
  passport: {
    passport: person.passportSeries + person.passportNumber,
    passportIssuedDate: person.passportIssuedDate,
    passportIssuedCode: person.passportIssuedCode,
    passportIssuedBy: person.passportIssuedBy,
    city: 'Примерск',
  },
  address: {
    registrationRegion: 'Примерская обл',
    registrationCity: 'Примерск',
    registrationStreet: 'ул Вымышленная',
    registrationHouse: '12к2',
  },
  job: {
    employment: '4',
    jobPlace: 'ООО «Вымысел»',
    jobPosition: 'Администратор',
    jobExperienceMonths: '13',
    jobIncome: '45000',
  },
} as const

describe.each(Object.entries(bars))('on a page with %s', (_, before) => {
  it.each(Object.entries(keyboards))(
    'and a keyboard %s, every wrong field is seen with its message',
    async (kind, toggle) => {
      const form = await openHostPage(environment, {
        formId: 'full',
        viewport: phone,
        head: '<style>main { padding-bottom: 40px }</style>',
        before: `${before}<p style="height: 300px">О займе</p>`,
        listsPlaces: true,
      })
      const seen: string[] = []
      for (const [step, answers] of Object.entries(answersByStep)) {
        await form.step(step)
        await toggle(form.page, false)
        // The form does not take the focus when it appears.
        if (step !== 'loan') seen.push(await expectVisible(form, phone.height, false))
        for (;;) {
          // The button may be anywhere: it is pressed as a person who has scrolled to it does.
          await form.action('next').evaluate((button) => button instanceof HTMLElement && button.click())
          if ((await form.root.getAttribute('data-step')) !== step) break
          const field = await expectVisible(form, phone.height, true)
          const control = form.control(field)
          const isTyped = await control.evaluate((element) => !element.matches('select'))
          // No keyboard opens for a list, so only a field to type into has to be above it at once.
          if (isTyped) await expectVisible(form, visibleHeight, true)
          await toggle(form.page, true)
          expect(await expectVisible(form, visibleHeight, true)).toBe(field)
          expect(seen).not.toContain(field)
          seen.push(field)
          if (kind === 'that resizes the page')
            await takeScreenshot(form.page, `keyboard-${step}-${field}`, false)
          const answer = new Map(Object.entries(answers)).get(field) ?? ''
          if (isTyped) await control.fill(answer)
          else await control.selectOption(answer)
          await toggle(form.page, false)
        }
      }
      await form.step('consents')
      await toggle(form.page, false)
      await form.action('submit').evaluate((button) => button instanceof HTMLElement && button.click())
      seen.push(await expectVisible(form, phone.height, true))
      const fields = Object.values(answersByStep).flatMap((answers) => Object.keys(answers))
      expect(new Set(seen)).toEqual(new Set(['HEADER', ...fields, 'processing']))
      await form.page.close()
    },
  )

  it('the keyboard focus never lies under the bar, in either direction', async () => {
    const form = await openHostPage(environment, {
      viewport: phone,
      before: `${before}<p style="height: 300px">О займе</p>`,
    })
    await form.control('amount').focus()
    for (const key of [
      ...Array.from({ length: 6 }, () => 'Tab'),
      ...Array.from({ length: 6 }, () => 'Shift+Tab'),
    ]) {
      await form.page.keyboard.press(key)
      const inForm = await form.root.evaluate((root) => root.matches(':focus-within'))
      if (inForm) await expectVisible(form, phone.height, false)
    }
    await form.page.close()
  })
})

it('a header in a shadow root of its own is known by --anketa-sticky-top', async () => {
  const header = `<site-header></site-header><script>
    const shadow = document.querySelector('site-header').attachShadow({ mode: 'open' })
    shadow.innerHTML = '<div style="position: fixed; inset: 0 0 auto; height: 80px; background: #ddd"></div>'</script>`
  const form = await openHostPage(environment, {
    viewport: phone,
    head: '<style>[data-anketa] { --anketa-sticky-top: 80px }</style>',
    before: `${header}<p style="height: 300px">О займе</p>`,
  })
  await form.action('next').click()
  await expect.poll(async () => (await readBoxes(form)).control.top).toBeGreaterThan(80)
  const label = await form.field('amount').evaluate((field) => field.getBoundingClientRect().top)
  expect(label).toBeGreaterThanOrEqual(80)
  await form.page.close()
})

it('reads no layout and does not listen to the keyboard before the first focus', async () => {
  const page = await environment.browser.newPage({ viewport: phone })
  await page.addInitScript(() => {
    const counts = { listeners: 0, points: 0 }
    Reflect.set(window, 'counts', counts)
    const { visualViewport } = window
    const add = visualViewport?.addEventListener.bind(visualViewport)
    if (visualViewport && add)
      visualViewport.addEventListener = (...args: Parameters<typeof add>) => {
        counts.listeners += 1
        add(...args)
      }
    const find = Document.prototype.elementFromPoint
    Document.prototype.elementFromPoint = function elementFromPoint(x, y) {
      counts.points += 1
      return find.call(this, x, y)
    }
  })
  await page.goto(environment.demo().url)
  await page.locator('[data-anketa] [data-step]').waitFor()
  const read = () => page.evaluate('window.counts')
  expect(await read()).toEqual({ listeners: 0, points: 0 })
  await page.locator('[data-field=amount] input').focus()
  await expect.poll(read).toMatchObject({ listeners: 1 })
  await page.close()
})
