// What the form costs a phone beside a hand-written page with the same fields, imask and nothing else: the time until
// the first field has taken a key, the main thread's work until then, a key in a field without a mask and in one with a
// mask, and the step to the next fields. Both pages are served by one server, compressed by brotli, in turns, each time
// in a fresh browser. Usage: npm run bench [-- rounds]
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { type CDPSession, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { chromiumLaunchOptions } from '../support/chromium.ts'
import {
  armClock,
  type Condition,
  conditionNames,
  conditions,
  median,
  press,
  readClock,
  readFirstKey,
  recordFirstKey,
  slowDown,
  times,
  typeAndErase,
  waitUntil,
} from './page/measures.ts'
import { servePage, serveText } from './page/serve.ts'

const rounds = Number(process.argv[2] ?? 5)

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
    isReady: `document.documentElement?.dataset.ready === ''`,
  },
} as const satisfies Record<string, Subject>

type SubjectName = keyof typeof subjects

const folder = await mkdtemp(join(tmpdir(), 'anketa-bench-'))
const { origin, close } = await serve()
const results = new Map<string, Record<SubjectName, number[]>>()

try {
  for (let round = 0; round < rounds; round += 1) {
    for (const condition of conditionNames) {
      // Each of the two goes first as often as the other.
      const names: SubjectName[] = round % 2 === 0 ? ['form', 'handWritten'] : ['handWritten', 'form']
      for (const name of names) await measure(name, condition)
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  await close()
  await rm(folder, { recursive: true, force: true })
}

print()

async function measure(name: SubjectName, condition: Condition): Promise<void> {
  const { path, isReady } = subjects[name]
  const browser = await chromium.launch(await chromiumLaunchOptions())
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 640 } })
    const session = await slowDown(page, condition)
    await page.addInitScript(recordFirstKey)
    await page.goto(origin + path, { waitUntil: 'commit' })
    await waitUntil(page, isReady)
    await focusField(session, 'amount')
    await press(session, '5', 'Digit5', 53)
    record(`first key, ${condition}`, name, await readFirstKey(page))
    const { task, script, layout } = await times(session)
    record(`main thread until then, ${condition}`, name, task)
    record(`  of it script, ${condition}`, name, script)
    record(`  of it style and layout, ${condition}`, name, layout)
    if (!conditions[condition].slow4g) await measureKeysAndNext(page, session, name, condition)
  } finally {
    await browser.close()
  }
}

async function measureKeysAndNext(page: Page, session: CDPSession, name: SubjectName, condition: Condition) {
  await page.keyboard.type('0000')
  await focusField(session, 'termDays')
  await page.keyboard.type('30')
  await armClock(page, 'keydown', 'input[name="lastName"]')
  await page.keyboard.press('Enter')
  record(`Next, ${condition}`, name, await readClock(page))
  for (const [field, text] of [
    ['lastName', 'Константинов'],
    ['phone', '9000000001'],
  ] as const) {
    const first = text.charAt(0)
    await focusField(session, field)
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

async function focusField(session: CDPSession, name: string): Promise<void> {
  const expression = `(document.querySelector('[data-anketa] > *')?.shadowRoot ?? document)
    .querySelector('input[name="${name}"]')?.focus()`
  await session.send('Runtime.evaluate', { expression })
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

/** Serves both pages, and the relay with the microloan form, from one origin. */
async function serve() {
  const app = new Hono()
  const source = new URL('hand-written/', import.meta.url)
  const form =
    '<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Заявка на заём</title><script type="module" async src="/forms/main/form.js"></script></head><body><h1>Займы онлайн</h1><div data-anketa></div></body></html>'
  serveText(app, '/hand-written', 'text/html', await readFile(new URL('page.html', source), 'utf8'))
  serveText(app, '/hand-written/page.css', 'text/css', await readFile(new URL('page.css', source), 'utf8'))
  serveText(app, '/hand-written/page.js', 'text/javascript', await bundle(new URL('page.ts', source)))
  serveText(app, '/form', 'text/html', form)
  const destinations = [{ provider: 'devtek', idWebmaster: 123, token: { env: 'DEVTEK_TOKEN' } }]
  return servePage(app, folder, { definition: 'microloan', destinations })
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
