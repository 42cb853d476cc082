// What the form costs a phone beside a hand-written page with the same fields, imask and nothing else: the time until
// the first field has taken a key, the main thread's work until then, a key in a field without a mask and in one with a
// mask, and the step to the next fields. Both pages are served by one server, compressed by brotli, in turns, each time
// in a fresh browser. Usage: npm run bench [-- rounds]
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { type CDPSession, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { createRelay } from '../../src/relay/create-relay.ts'
import { chromiumLaunchOptions } from '../support/chromium.ts'

const rounds = Number(process.argv[2] ?? 5)
const nextFrame = 'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))'

/** A page under test: where it is, and how its first field tells that it takes keys. */
interface Subject {
  readonly path: string
  /** An expression of the page that is true once the first field is ready for keys. */
  readonly isReady: string
}

const subjects = {
  form: {
    path: '/form',
    isReady: `Boolean(document.querySelector('[data-anketa] > *')?.shadowRoot?.querySelector('input[name="amount"]'))`,
  },
  handWritten: {
    path: '/hand-written',
    isReady: `document.documentElement.dataset.ready === ''`,
  },
} as const satisfies Record<string, Subject>

type SubjectName = keyof typeof subjects

/** How a phone and its network are slowed down. */
const conditions = {
  plain: { cpu: 1, slow4g: false },
  'CPU 4x': { cpu: 4, slow4g: false },
  'slow 4G': { cpu: 1, slow4g: true },
  'slow 4G, CPU 4x': { cpu: 4, slow4g: true },
} as const

type Condition = keyof typeof conditions

const folder = await mkdtemp(join(tmpdir(), 'anketa-bench-'))
const { server, origin, close } = await serve()
const results = new Map<string, Record<SubjectName, number[]>>()

try {
  for (let round = 0; round < rounds; round += 1) {
    for (const condition of Object.keys(conditions)) {
      // Each of the two goes first as often as the other.
      const names: SubjectName[] = round % 2 === 0 ? ['form', 'handWritten'] : ['handWritten', 'form']
      for (const name of names) if (isCondition(condition)) await measure(name, condition)
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  server.close()
  await close()
  await rm(folder, { recursive: true, force: true })
}

print()

async function measure(name: SubjectName, condition: Condition): Promise<void> {
  const { path, isReady } = subjects[name]
  const { cpu, slow4g } = conditions[condition]
  const browser = await chromium.launch(await chromiumLaunchOptions())
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 640 } })
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    await session.send('Network.enable')
    if (cpu > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
    if (slow4g) {
      const bytesPerSecond = (1.6 * 1024 * 1024) / 8
      await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 150,
        downloadThroughput: bytesPerSecond,
        uploadThroughput: bytesPerSecond / 2,
      })
    }
    await page.addInitScript(recordFirstKey)
    await page.goto(origin + path, { waitUntil: 'commit' })
    await page.waitForFunction(isReady, undefined, { polling: 'raf' })
    await focusField(page, 'amount')
    await press(session, '5', 'Digit5', 53)
    const firstKey = await page.waitForFunction(() => Reflect.get(window, 'firstKeyAt') ?? 0, undefined, {
      polling: 'raf',
    })
    record(`first key, ${condition}`, name, Number(await firstKey.jsonValue()))
    const { task, script, layout } = await times(session)
    record(`main thread until then, ${condition}`, name, task)
    record(`  of it script, ${condition}`, name, script)
    record(`  of it style and layout, ${condition}`, name, layout)
    if (!slow4g) await measureKeysAndNext(page, session, name, condition)
  } finally {
    await browser.close()
  }
}

async function measureKeysAndNext(page: Page, session: CDPSession, name: SubjectName, condition: Condition) {
  await page.keyboard.type('0000')
  await focusField(page, 'termDays')
  await page.keyboard.type('30')
  await page.evaluate(armNextClock)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => typeof Reflect.get(window, 'nextShownAfter') === 'number', undefined, {
    polling: 'raf',
  })
  record(`Next, ${condition}`, name, Number(await page.evaluate(() => Reflect.get(window, 'nextShownAfter'))))
  for (const [field, text] of [
    ['lastName', 'Константинов'],
    ['phone', '9000000001'],
  ] as const) {
    const first = text.charAt(0)
    await focusField(page, field)
    // Warm: a person's first key in a field is no measure of the twelfth.
    for (let index = 0; index < 3; index += 1) await typeAndErase(session, first)
    for (const [what, texts] of [
      [`key in ${field}`, [text]],
      [`first key in ${field}, and back`, Array.from<string>({ length: 12 }).fill(first)],
    ] as const) {
      const before = await times(session)
      for (const each of texts) await typeAndErase(session, each)
      const after = await times(session)
      const perKey = (of: 'task' | 'script'): number => (after[of] - before[of]) / (texts.join('').length * 2)
      record(`${what}, ${condition}`, name, perKey('task'))
      record(`  of it script, ${what}, ${condition}`, name, perKey('script'))
    }
  }
}

/** Types a text key by key, and erases it as it came, with a frame after each key. */
async function typeAndErase(session: CDPSession, text: string): Promise<void> {
  for (const key of text) {
    await press(session, key, /\d/.test(key) ? `Digit${key}` : 'KeyF', /\d/.test(key) ? 48 + Number(key) : 70)
    await session.send('Runtime.evaluate', { expression: nextFrame, awaitPromise: true })
  }
  const backspace = { key: 'Backspace', code: 'Backspace', windowsVirtualKeyCode: 8 }
  for (const _ of text) {
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...backspace })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...backspace })
    await session.send('Runtime.evaluate', { expression: nextFrame, awaitPromise: true })
  }
}

async function press(session: CDPSession, text: string, code: string, virtualKey: number): Promise<void> {
  const key = { key: text, code, windowsVirtualKeyCode: virtualKey }
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...key })
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
}

async function focusField(page: Page, name: string): Promise<void> {
  await page.evaluate((field) => {
    const root = document.querySelector('[data-anketa] > *')?.shadowRoot ?? document
    root.querySelector<HTMLElement>(`input[name="${field}"]`)?.focus()
  }, name)
}

/**
 * Runs in the page before its scripts: keeps the moment at which a field has taken the first key. The form keeps the event
 * from the page, so it is seen on its way down; the next task begins once the field has handled it.
 */
function recordFirstKey(): void {
  const record = (): void => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => Reflect.set(window, 'firstKeyAt', performance.now())
    port2.postMessage(undefined)
  }
  addEventListener('input', record, { capture: true, once: true })
}

/** Runs in the page: keeps the milliseconds from the key to the frame after the next step's first field has the page. */
function armNextClock(): void {
  addEventListener(
    'keydown',
    (event) => {
      const root = document.querySelector('[data-anketa] > *')?.shadowRoot ?? document
      const look = (): void => {
        const field = root.querySelector<HTMLElement>('input[name="lastName"]')
        if (field && field.offsetParent !== null) {
          // The task after the frame's callbacks begins once the frame has been drawn.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => Reflect.set(window, 'nextShownAfter', performance.now() - event.timeStamp)
            port2.postMessage(undefined)
          })
        } else requestAnimationFrame(look)
      }
      setTimeout(look)
    },
    { capture: true, once: true },
  )
}

/** The main thread's time so far, ms: in all, in script, in style and layout. */
async function times(session: CDPSession) {
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? NaN) * 1000
  return {
    task: of('TaskDuration'),
    script: of('ScriptDuration'),
    layout: of('LayoutDuration') + of('RecalcStyleDuration'),
  }
}

function record(what: string, name: SubjectName, value: number): void {
  const kept = results.get(what) ?? { form: [], handWritten: [] }
  results.set(what, kept)
  kept[name].push(value)
}

function print(): void {
  const width = Math.max(...[...results.keys()].map(({ length }) => length))
  console.log(
    `${'median of ' + rounds + ' rounds, ms'.padEnd(0)}`.padEnd(width),
    '   form   hand   ratio  difference',
  )
  for (const [what, { form, handWritten }] of results) {
    const [own, floor] = [median(form), median(handWritten)]
    console.log(
      what.padEnd(width),
      own.toFixed(2).padStart(7),
      floor.toFixed(2).padStart(7),
      (own / floor).toFixed(2).padStart(6),
      (own - floor).toFixed(2).padStart(9),
    )
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

function isCondition(name: string): name is Condition {
  return Object.hasOwn(conditions, name)
}

/** Serves both pages, and the relay with the microloan form, from one origin. */
async function serve() {
  const url = 'http://127.0.0.1'
  const relay = await createRelay(
    {
      database: `pglite:${folder}/data`,
      publicUrl: url,
      forms: {
        main: {
          definition: 'microloan',
          operator: { name: 'ООО Пример', address: 'Москва', withdrawalContact: 'dpo@example.ru' },
          policyUrl: `${url}/policy`,
          consents: [
            { id: 'processing', required: true, documentUrl: `${url}/consent`, version: '2026-09-01' },
          ],
          origins: [url],
          destinations: [{ provider: 'devtek', idWebmaster: 123, token: { env: 'DEVTEK_TOKEN' } }],
        },
      },
    },
    {
      env: { DEVTEK_TOKEN: 'token-of-a-benchmark-that-sends-nothing' },
      fetch: () => Promise.reject(new Error('nothing is sent')),
      widgetFile: new URL('../../dist/anketa.js', import.meta.url),
    },
  )
  const app = new Hono()
  const source = new URL('hand-written/', import.meta.url)
  const files = {
    '/hand-written': ['text/html', await readFile(new URL('page.html', source), 'utf8')],
    '/hand-written/page.css': ['text/css', await readFile(new URL('page.css', source), 'utf8')],
    '/hand-written/page.js': ['text/javascript', await bundle(new URL('page.ts', source))],
    '/form': [
      'text/html',
      '<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Заявка на заём</title><script type="module" async src="/forms/main/form.js"></script></head><body><h1>Займы онлайн</h1><div data-anketa></div></body></html>',
    ],
  } as const
  for (const [path, [type, text]] of Object.entries(files)) {
    const body = Uint8Array.from(brotliCompressSync(text))
    app.get(path, (context) =>
      context.body(body, 200, { 'content-type': `${type}; charset=utf-8`, 'content-encoding': 'br' }),
    )
  }
  app.all('*', (context) => relay.fetch(context.req.raw))
  const listening = createAdaptorServer({ fetch: app.fetch })
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  const port = typeof address === 'object' ? address?.port : ''
  return { server: listening, origin: `${url}:${port}`, close: () => relay.close() }
}

async function bundle(entry: URL): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, lib: { entry: fileURLToPath(entry), formats: ['es'] } },
  })
  const [first] = [result].flat()
  const chunk = first && 'output' in first ? first.output[0] : undefined
  if (!chunk) throw new TypeError('page.ts: expected one chunk')
  return chunk.code
}
