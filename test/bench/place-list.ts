// Measures the script time of the list of places on a slow phone: a keystroke in a list of 10,000 cities of one region,
// and opening that list compared with a list of 10. The floor is the same keystroke without a list. Script time is that
// of the page's own thread, so other programs on the same cores do not add to it.
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type Browser, type CDPSession, chromium } from 'playwright'
import type { City } from '../../src/places/place.ts'
import { defineSteps } from '../form/define.ts'
import { chromiumLaunchOptions } from '../support/chromium.ts'

const rounds = 5
const slowdown = 4
const many = 10_000
const few = 10
const frameMs = 1000 / 60
const ratioAim = 1.5
/** Typed and deleted key by key: plain names, a typo, the wrong keyboard layout, Latin letters, no match. */
const words = ['новополянск', 'верхнегрсад', 'cjcyjdj', 'krasnogorsk', 'щщщщ']

const region = { regionId: 'kladr:7200000000000', region: 'Тюменская область' }
const definition = defineSteps([{ id: 'place', title: 'Город', fields: [{ name: 'issuePlace' }] }])

const dist = new URL('../../dist/', import.meta.url)
const files: Record<string, string> = {}
for (const name of (await readdir(dist)).filter((file) => file.endsWith('.js'))) {
  files[`/${name}`] = await readFile(new URL(name, dist), 'utf8')
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://localhost')
  const [, count, resource] = /^\/(\d+|plain)(?:\/(\w+))?$/.exec(pathname) ?? []
  const script = files[pathname]
  if (script !== undefined) return respond('text/javascript', script)
  if (resource === undefined && count !== undefined) {
    return respond(
      'text/html',
      `<!doctype html><meta charset="utf-8"><title>bench</title><div data-anketa data-relay="/${count}/form"></div><script src="/anketa.js"></script>`,
    )
  }
  if (resource === 'form') return respond('application/json', JSON.stringify(definition))
  return response.writeHead(404).end()

  function respond(type: string, body: string): void {
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body)
  }
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
const browser = await chromium.launch(await chromiumLaunchOptions())

const long = await createMeasurement(browser, many)
const short = await createMeasurement(browser, few)
const floor = await createMeasurement(browser, undefined)
for (let round = 0; round < rounds; round += 1) {
  for (const page of [long, short, floor]) await page.type()
  for (const page of [long, short]) await page.open()
}
await browser.close()
server.close()

const ratio = quantile(long.opening, 0.5) / quantile(short.opening, 0.5)
console.log(`Script time at ${slowdown}x CPU slowdown, ms`)
console.log(
  `  keystroke, ${many} cities of a region    ${formatCosts(long.typing)}   (aim: p95 ${frameMs.toFixed(1)})`,
)
console.log(`  keystroke, ${few} cities                 ${formatCosts(short.typing)}`)
console.log(`  keystroke, no list (the floor)       ${formatCosts(floor.typing)}`)
console.log(`  opening ${many} cities               ${formatCosts(long.opening)}`)
console.log(`  opening ${few} cities                  ${formatCosts(short.opening)}`)
console.log(`  ratio of the medians of opening      ${ratio.toFixed(2)} (aim: at most ${ratioAim})`)

/** Opens a page with a list of `count` cities in one region, or without a list, and collects script times in ms. */
async function createMeasurement(owner: Browser, count: number | undefined) {
  const page = await (await owner.newContext()).newPage()
  if (count === undefined) await page.route(/place-list-/, (route) => route.abort())
  await page.route(/\/form\/(regions|cities)/, (route) =>
    route.fulfill({ json: { regions: [], cities: inventCities(count ?? 0), complete: true } }),
  )
  await page.goto(`${origin}/${count ?? 'plain'}`)
  const city = page.locator('[data-field=city] input')
  const option = page.locator('[data-field=city] [role=option]').first()
  await page.locator('[data-field=region] input').fill(region.region)
  if (count !== undefined) await page.locator('[data-field=city] input[role=combobox]').waitFor()
  await city.focus()
  const session = await page.context().newCDPSession(page)
  if (count !== undefined) {
    await press(session, 'ArrowDown')
    await option.waitFor()
    await press(session, 'Escape')
  }
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const typing: number[] = []
  const opening: number[] = []
  const measure = async (action: () => Promise<void>): Promise<number> => {
    const before = await scriptTime(session)
    await action()
    // The list is rendered in the frame after the key.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
    return (await scriptTime(session)) - before
  }
  return {
    typing,
    opening,
    async type() {
      await page.bringToFront()
      for (const word of words) {
        for (const key of word) typing.push(await measure(() => press(session, key)))
        for (const _ of word) await press(session, 'Backspace')
        await press(session, 'Escape')
      }
    },
    async open() {
      await page.bringToFront()
      for (let index = 0; index < 10; index += 1) {
        opening.push(await measure(() => press(session, 'ArrowDown')))
        await option.waitFor()
        await press(session, 'Escape')
        await option.waitFor({ state: 'hidden' })
      }
    },
  }
}

/** Invents cities with names that look real. */
function inventCities(count: number): readonly City[] {
  const first = 'Верхне Нижне Ново Старо Красно Бело Средне Больше Мало Усть-'.split(' ')
  const second = 'полян гор реч озер лес камен мост луг бор дол солн берез сосн дуб ключ поль гри сад'.split(
    ' ',
  )
  const last = 'ск ово ино ка град ное ский евка ичи уха'.split(' ')
  return Array.from({ length: count }, (_, index) => {
    const name = `${first[index % 10]}${second[Math.floor(index / 10) % 18]}${last[Math.floor(index / 180) % 10]}`
    const repetition = Math.floor(index / 1800)
    return {
      ...region,
      id: `kladr:72${index}`,
      name: repetition > 0 ? `${name}-${repetition}` : name,
      type: 'с',
      population: 100_000 - index,
    }
  })
}

async function press(session: CDPSession, key: string): Promise<void> {
  const codes: Record<string, number> = { Backspace: 8, Escape: 27, ArrowDown: 40 }
  const code = codes[key]
  const event = code === undefined ? { key, text: key } : { key, code: key, windowsVirtualKeyCode: code }
  await session.send('Input.dispatchKeyEvent', {
    type: code === undefined ? 'keyDown' : 'rawKeyDown',
    ...event,
  })
  await session.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp', text: '' })
}

/** The script time of the page's thread so far, in ms. */
async function scriptTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN) * 1e3
}

function quantile(costs: readonly number[], share: number): number {
  return costs.toSorted((a, b) => a - b)[Math.floor(costs.length * share)] ?? NaN
}

function formatCosts(costs: readonly number[]): string {
  const format = (share: number): string => quantile(costs, share).toFixed(2).padStart(6)
  return `median ${format(0.5)}   p95 ${format(0.95)}`
}
