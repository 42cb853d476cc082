// What a press of the calculator's thumb costs beside a bare range input that writes its value into an output: the time
// from the event to the end of the next frame, and the main thread's work. In turns, each with the CPU slowed down four
// times. Build the scripts first. Usage: node test/bench/slider.ts [rounds]
import { type CDPSession, chromium, type Page } from 'playwright'
import { openLooksPage } from '../screenshots/looks-page.ts'
import { chromiumLaunchOptions } from '../support/chromium.ts'

const rounds = Number(process.argv[2] ?? 10)
const pressesInRound = 20

interface Subject {
  readonly page: Page
  readonly session: CDPSession
  readonly frames: number[]
  readonly tasks: number[]
}

const browser = await chromium.launch(await chromiumLaunchOptions())
const form = await createSubject(await openLooksPage(browser, { look: 'plain', width: 360 }))
const bare = await createSubject(await openBarePage())
for (let round = 0; round < rounds; round += 1)
  for (const subject of round % 2 === 0 ? [form, bare] : [bare, form]) await measureRound(subject)
await browser.close()

console.log(`A press of the thumb, ms, CPU 4x (${rounds * pressesInRound} presses each)`)
for (const [what, one, other] of [
  ['until the end of the next frame', form.frames, bare.frames],
  ['work of the main thread', form.tasks, bare.tasks],
] as const) {
  const [ours, theirs] = [median(one), median(other)]
  console.log(
    `  ${what.padEnd(33)} calculator ${ours.toFixed(2)}, bare input ${theirs.toFixed(2)}, ratio ${(ours / theirs).toFixed(2)}`,
  )
}

async function openBarePage(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } })
  await page.setContent(`<input type="range" min="1000" max="30000" style="width: 300px"><output></output>
    <script>document.querySelector('input').oninput = ({ target }) => { document.querySelector('output').value = target.value }</script>`)
  return page
}

async function createSubject(page: Page): Promise<Subject> {
  const slider = page.locator('input[type=range]').first()
  await slider.waitFor()
  await slider.evaluate((input) => {
    Object.assign(window, { frames: [] })
    input.addEventListener(
      'pointerdown',
      ({ timeStamp }) => {
        requestAnimationFrame(() =>
          setTimeout(() => {
            const known: unknown = Reflect.get(window, 'frames')
            if (Array.isArray(known)) known.push(performance.now() - timeStamp)
          }),
        )
      },
      true,
    )
  })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  return { page, session, frames: [], tasks: [] }
}

async function measureRound({ page, session, frames, tasks }: Subject): Promise<void> {
  await page.bringToFront()
  const slider = page.locator('input[type=range]').first()
  const box = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.evaluate('frames.length = 0')
  const before = await taskSeconds(session)
  for (let press = 0; press < pressesInRound; press += 1) {
    await page.mouse.click(box.x + box.width * (press % 2 === 0 ? 0.2 : 0.8), box.y + box.height / 2)
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
  }
  tasks.push(((await taskSeconds(session)) - before) * (1000 / pressesInRound))
  const measured: readonly number[] = await page.evaluate('frames')
  frames.push(...measured.slice(0, pressesInRound))
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}
