// Measures the script time of a keystroke: in the passport of the `devtek` form, and in a bare input with imask.
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { devtekPreset } from '../../src/form/presets/devtek.ts'
import { processing } from '../form/define.ts'
import { chromiumLaunchOptions } from '../support/chromium.ts'

const rounds = 10
const keystrokes = 50
const targetRatio = 1.3

const definition = {
  ...devtekPreset,
  operator: { name: 'ООО Пример' },
  policyUrl: 'https://example.ru/policy',
  consents: [processing],
}
const pages: Record<string, { readonly type: string; readonly body: string }> = {
  '/form': html('<div data-anketa data-relay="/forms/main"></div><script src="/anketa.js"></script>'),
  '/bare': html('<input><script src="/bare.js"></script>'),
  '/anketa.js': script(await readFile(new URL('../../dist/anketa.js', import.meta.url), 'utf8')),
  '/form.js': script(await readFile(new URL('../../dist/form.js', import.meta.url), 'utf8')),
  '/bare.js': script(await bundleBareMask()),
  '/forms/main': { type: 'application/json', body: JSON.stringify(definition) },
}

const server = createServer((request, response) => {
  const { type = 'text/plain', body = '' } = pages[request.url ?? ''] ?? {}
  response.writeHead(body ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(body)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
const browser = await chromium.launch(await chromiumLaunchOptions())

const form = await createMeasurement(browser, async (page) => {
  await page.goto(`${origin}/form`)
  await openPassport(page)
})
const bare = await createMeasurement(browser, async (page) => {
  await page.goto(`${origin}/bare`)
  await page.locator('input').click()
  await page.keyboard.type('451000')
})
for (let round = 0; round < rounds; round += 1) {
  await form.round()
  await bare.round()
}
await browser.close()
server.close()

const ratio = quantile(form.costs, 0.5) / quantile(bare.costs, 0.5)
console.log(`Script time of a keystroke, µs (${form.costs.length} keystrokes each)`)
console.log(`  passport of the devtek form  ${formatCosts(form.costs)}`)
console.log(`  bare input with imask        ${formatCosts(bare.costs)}`)
console.log(`  ratio of the medians         ${ratio.toFixed(2)} (aim: at most ${targetRatio})`)

/** Opens a page in its own renderer process. `costs` is the script time of each keystroke so far, in µs. */
async function createMeasurement(owner: Browser, prepare: (page: Page) => Promise<void>) {
  const page = await (await owner.newContext()).newPage()
  await prepare(page)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const costs: number[] = []
  return {
    costs,
    async round() {
      await page.bringToFront()
      for (let index = 0; index < keystrokes; index += 1) {
        const before = await scriptTime(session)
        await press(session, index % 2 === 0)
        costs.push((await scriptTime(session)) - before)
      }
    },
  }
}

/** Presses a digit or Backspace, so that the field neither overflows nor becomes empty. */
async function press(session: CDPSession, digit: boolean): Promise<void> {
  const key = digit
    ? { key: '5', code: 'Digit5', windowsVirtualKeyCode: 53, text: '5' }
    : { key: 'Backspace', code: 'Backspace', windowsVirtualKeyCode: 8 }
  await session.send('Input.dispatchKeyEvent', { type: digit ? 'keyDown' : 'rawKeyDown', ...key })
  await session.send('Input.dispatchKeyEvent', { ...key, type: 'keyUp', text: '' })
}

/** The script time of the page so far, in µs. */
async function scriptTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN) * 1e6
}

/** Fills the steps before the passport and leaves the passport incomplete, so that its error is shown. */
async function openPassport(page: Page): Promise<void> {
  const fill = (name: string, text: string): Promise<void> =>
    page.locator(`[data-field="${name}"] :is(input, select, textarea)`).first().fill(text)
  const next = (): Promise<void> => page.locator('[data-action=next]').click()
  await fill('amount', '30000')
  await fill('termDays', '30')
  await next()
  await fill('lastName', 'Иванова')
  await fill('firstName', 'Анна')
  await fill('middleName', 'Ивановна')
  await fill('birthDate', '01.02.1990')
  await fill('phone', '+79000000001')
  await next()
  const passport = page.locator('[data-field=passport] input')
  await passport.click()
  await page.keyboard.type('451000')
  await page.locator('[data-field=passportIssuedDate] input').click()
  await page.locator('[data-field=passport] [part=error]').waitFor()
  await passport.focus()
  await page.keyboard.press('End')
}

async function bundleBareMask(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL('bare-mask.ts', import.meta.url)),
        formats: ['iife'],
        name: 'bare',
      },
    },
  })
  const [bundle] = [result].flat()
  const chunk = bundle && 'output' in bundle ? bundle.output[0] : undefined
  if (!chunk) throw new TypeError('bare-mask.ts: expected one chunk')
  return chunk.code
}

function html(body: string) {
  return { type: 'text/html', body: `<!doctype html><meta charset="utf-8"><title>bench</title>${body}` }
}

function script(body: string) {
  return { type: 'text/javascript', body }
}

function quantile(costs: readonly number[], share: number): number {
  return costs.toSorted((a, b) => a - b)[Math.floor(costs.length * share)] ?? NaN
}

function formatCosts(costs: readonly number[]): string {
  const format = (share: number): string => quantile(costs, share).toFixed(0).padStart(5)
  return `median ${format(0.5)}   p95 ${format(0.95)}`
}
