// Measures a search for a city in the relay, through its request handler: among 200,000 places and among 1,000. Wall
// time, and CPU time of the relay's own thread, to which other programs on the same cores do not add.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPlaceLists } from '../../demo/sandbox/devtek/generated-places.ts'
import { writePlacesNdjson } from '../../src/relay/places/import/ndjson.ts'
import { createRelay } from '../../src/relay/create-relay.ts'
import type { Relay } from '../../src/relay/relay-options.ts'
import { formEntry } from '../relay/support/invented.ts'
import { createRandom } from '../support/random.ts'

const queries = 500
const aims = { p95: 5, ratio: 2 }
const token = 'invented-operator-token'

const { below } = createRandom(7)
const random = (): number => below(2 ** 32) / 2 ** 32
const root = await mkdtemp(join(tmpdir(), 'anketa-bench-'))
const few = await openRelay(1000)
const many = await openRelay(200_000)

await round(few, 50)
await round(many, 50)
const costs: Record<'few' | 'many' | 'known' | 'health', Cost[]> = {
  few: [],
  many: [],
  known: [],
  health: [],
}
// Interleaved, so that other load on the machine affects all measurements equally.
for (let part = 0; part < queries / 25; part += 1) {
  costs.few.push(...(await round(few, 25)))
  costs.many.push(...(await round(many, 25)))
  costs.known.push(...(await floor(many.relay, '/forms/main/cities?query=x', 25)))
  costs.health.push(...(await floor(many.relay, '/healthz', 25)))
}
const [wall, own] = (['wall', 'thread'] as const).map(
  (clock) => quantile(costs.many, 0.95, clock) / quantile(costs.few, 0.95, clock),
)
console.log(
  `Search for a city at the relay, ms: wall time | CPU time of the thread (${queries} mixed queries each)`,
)
print('among 200,000 places', costs.many, `aim: p95 at most ${aims.p95}`)
print('among 1,000 places', costs.few)
print('floor: response without a search', costs.known)
print('floor: one query of the queue', costs.health)
console.log(`  ratio of p95: ${wall?.toFixed(2)} | ${own?.toFixed(2)} (aim: at most ${aims.ratio})`)
console.log('Among 200,000 places, by kind of query')
for (const [kind, costList] of Object.entries(many.byKind)) print(kind, costList)

await few.relay.close({ graceMs: 0 })
await many.relay.close({ graceMs: 0 })
await rm(root, { recursive: true, force: true })

/** Times in milliseconds. */
interface Cost {
  readonly wall: number
  readonly thread: number
}

interface MeasuredRelay {
  readonly relay: Relay
  readonly names: readonly string[]
  readonly byKind: Record<string, Cost[]>
}

/** Opens a relay with an imported directory of `size` places. */
async function openRelay(size: number): Promise<MeasuredRelay> {
  const relay = await createRelay(
    {
      database: `pglite:${join(root, String(size))}`,
      adminToken: { env: 'ADMIN' },
      forms: { main: formEntry() },
    },
    {
      env: { DEVTEK_TOKEN: 'invented', ADMIN: token },
      fetch: async () => new Response('', { status: 503 }),
    },
  )
  const { regions, cities, codes } = createPlaceLists(size)
  const places = cities.map(({ city_id, name }, index) => ({
    kladr: codes.get(city_id) ?? '',
    name,
    type: index % 100 === 0 ? 'г' : 'с',
    population: index % 3 === 0 ? Math.round(1e6 * random() ** 9) : undefined,
  }))
  const names = new Map(
    regions.map(({ code, name }) => [`${String(code).padStart(2, '0')}00000000000`, name] as const),
  )
  names.delete('0000000000000')
  const started = performance.now()
  const response = await relay.fetch(
    new Request('http://localhost/admin/places', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
      body: [...writePlacesNdjson({ regions: names, cities: places })].join(''),
    }),
  )
  if (!response.ok) throw new Error(await response.text())
  console.log(`Imported ${size} places in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return { relay, names: cities.map(({ name }) => name), byKind: {} }
}

async function round({ relay, names, byKind }: MeasuredRelay, count: number): Promise<Cost[]> {
  const costList: Cost[] = []
  for (let index = 0; index < count; index += 1) {
    const [kind, query] = createQuery(pick(names))
    const cost = await timed(relay, `/forms/main/cities?${new URLSearchParams({ query }).toString()}`)
    const list = (byKind[kind] ??= [])
    list.push(cost)
    costList.push(cost)
  }
  return costList
}

async function floor(relay: Relay, path: string, count: number): Promise<Cost[]> {
  const { headers } = await relay.fetch(new Request(`http://localhost${path}`))
  const etag = headers.get('etag')
  const costList: Cost[] = []
  for (let index = 0; index < count; index += 1) {
    costList.push(await timed(relay, path, etag === null ? {} : { 'if-none-match': etag }))
  }
  return costList
}

async function timed(
  relay: Relay,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Cost> {
  const request = new Request(`http://localhost${path}`, { headers })
  const [before, started] = [process.threadCpuUsage(), performance.now()]
  const response = await relay.fetch(request)
  await response.text()
  const wall = performance.now() - started
  const { user, system } = process.threadCpuUsage(before)
  if (!response.ok && response.status !== 304) throw new Error(`${path}: ${response.status}`)
  return { wall, thread: (user + system) / 1000 }
}

/**
 * A query as people type: mostly the beginning of a name, also complete names, typos, the wrong layout, Latin letters.
 */
function createQuery(name: string): readonly [kind: string, query: string] {
  const dice = random()
  if (dice < 0.55) return ['beginning', name.slice(0, 1 + Math.floor(random() * 8))]
  if (dice < 0.7) return ['complete name', name]
  if (dice < 0.85) return ['one typo', withTypo(name)]
  if (dice < 0.93) return ['wrong layout', onLatinLayout(name)]
  return ['Latin letters', transliterate(name)]
}

function withTypo(name: string): string {
  const at = 1 + Math.floor(random() * (name.length - 1))
  const kinds = [
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + pick('аеиоулнрст'.split('')) + name.slice(at),
    name.slice(0, at) + pick('аеиоулнрст'.split('')) + name.slice(at + 1),
    name.slice(0, at) +
      name
        .slice(at, at + 2)
        .split('')
        .toReversed()
        .join('') +
      name.slice(at + 2),
  ]
  return pick(kinds)
}

function onLatinLayout(name: string): string {
  const [russian, english] = ['йцукенгшщзхъфывапролджэячсмитьбюё', "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"]
  return name.toLowerCase().replace(/[а-яё]/g, (letter) => english[russian.indexOf(letter)] ?? letter)
}

function transliterate(name: string): string {
  const [russian, sounds] = [
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
    'a|b|v|g|d|e|e|zh|z|i|y|k|l|m|n|o|p|r|s|t|u|f|kh|ts|ch|sh|shch||y||e|yu|ya'.split('|'),
  ]
  return name.toLowerCase().replace(/[а-яё]/g, (letter) => sounds[russian.indexOf(letter)] ?? letter)
}

function pick<Item>(list: readonly Item[]): Item {
  const item = list[Math.floor(random() * list.length)]
  if (item === undefined) throw new Error('an empty list')
  return item
}

function print(label: string, costList: readonly Cost[], note = ''): void {
  const figures = (['wall', 'thread'] as const).map((clock) =>
    [0.5, 0.95]
      .map((share) => `p${share * 100} ${quantile(costList, share, clock).toFixed(2).padStart(6)}`)
      .join('  '),
  )
  console.log(`  ${label.padEnd(32)} ${figures.join('  |  ')}  ${note}`)
}

function quantile(costList: readonly Cost[], share: number, clock: keyof Cost): number {
  const ordered = costList.map((cost) => cost[clock]).toSorted((a, b) => a - b)
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? Number.NaN
}
