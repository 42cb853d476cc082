import type { Frame, Page } from 'playwright'
import { expect } from 'vitest'
import { hooks } from '../../../../src/entries/testing.ts'
import { typeRussian } from './russian-keys.ts'

/** What a person does with a form on a page of somebody else's. */
export const hostChecks = ['focus', 'keys', 'Tab', 'scroll', 'lead'] as const

/** What came of each check: `yes`, or what went wrong. */
export type HostRow = Readonly<Record<(typeof hostChecks)[number], string>>

/** What has the focus from one press of Tab to the next, from the first field on. */
const tabOrder = [
  'phone',
  'consent-processing',
  'document',
  'consent-advertising',
  'document',
  'submit',
  'policy',
]

let people = 0

/** Fills in the form for a call back with mouse and keys, as a person does, and sends it. Reports each part. */
export async function checkHost(page: Page, frame: Frame): Promise<HostRow> {
  const form = frame.locator(hooks.form)
  const name = frame.locator(hooks.control('firstName'))
  const phone = frame.locator(hooks.control('phone'))
  const consent = frame.locator(hooks.consent('processing'))
  people += 1
  const checks: Readonly<Record<(typeof hostChecks)[number], () => Promise<void>>> = {
    async scroll() {
      const box = await form.boundingBox()
      const top = async () => Math.round((await form.boundingBox())?.y ?? 0)
      const before = await top()
      await page.mouse.move((box?.x ?? 0) + 100, Math.max(60, before + 60))
      await page.mouse.wheel(0, 120)
      await expect.poll(top, { timeout: 3000 }).not.toBe(before)
      await page.mouse.wheel(0, -120)
      await expect.poll(top, { timeout: 3000 }).toBe(before)
    },
    async focus() {
      await name.click({ timeout: 3000 })
      expect(await focused(frame)).toBe('firstName')
    },
    async keys() {
      await page.keyboard.type('Ann 12')
      expect(await name.inputValue()).toBe('Ann 12')
      await page.keyboard.press('Control+a')
      await typeRussian(page, 'Ана Мария')
      for (let step = 0; step < 7; step += 1) await page.keyboard.press('ArrowLeft')
      await typeRussian(page, 'н')
      expect(await name.inputValue()).toBe('Анна Мария')
      await page.keyboard.press('End')
      await page.keyboard.press('Space')
      await page.keyboard.press('Backspace')
      await page.keyboard.press('Control+a')
      await page.keyboard.press('Control+c')
      await page.keyboard.press('End')
      await page.keyboard.press('Control+v')
      expect(await name.inputValue()).toBe('Анна МарияАнна Мария')
      await name.fill('Анна Мария')
      expect(await focused(frame)).toBe('firstName')
    },
    async Tab() {
      await name.focus()
      const order: string[] = []
      for (const _ of tabOrder) {
        await page.keyboard.press('Tab')
        order.push(await focused(frame))
      }
      expect(order.join()).toBe(tabOrder.join())
      for (let back = 0; back < 5; back += 1) await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Space')
      expect(await consent.isChecked()).toBe(true)
    },
    async lead() {
      await phone.click({ timeout: 3000 })
      await page.keyboard.type(`89000000${String(people).padStart(3, '0')}`)
      expect(await phone.inputValue()).toMatch(/^\+7 900 000-0\d-\d\d$/)
      await page.keyboard.press('Enter')
      await frame.locator(hooks.status('accepted')).waitFor({ timeout: 8000 })
    },
  }
  const row: Record<string, string> = {}
  for (const [check, run] of Object.entries(checks)) {
    row[check] = await run().then(
      () => 'yes',
      (error: unknown) => String(error).split('\n').slice(0, 3).join(' '),
    )
  }
  return { focus: '', keys: '', Tab: '', scroll: '', lead: '', ...row }
}

/** What has the focus in a frame, through open shadow roots: the name of a control, or what a button or a link does. */
export function focused(frame: Frame): Promise<string> {
  return frame.evaluate(() => {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    const link = active?.closest('.anketa-consent') ? 'document' : 'policy'
    return (
      active?.getAttribute('name') ??
      active?.getAttribute('data-action') ??
      (active?.matches('a.anketa-link') ? link : (active?.outerHTML.slice(0, 60) ?? ''))
    )
  })
}
