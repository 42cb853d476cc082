import { loadavg } from 'node:os'
import { renderTable } from '../../../scripts/docs/markdown.ts'
import { median } from '../page/measures.ts'
import manifest from './package.json' with { type: 'json' }
import type { Results } from './results.ts'
import { subjectNames, subjects } from './subjects.ts'

/** A row of the table: the name of its measure, what a reader sees, and what it is divided by. */
interface Row {
  readonly measure: string
  readonly title: string
  readonly divisor?: number
}

/** The measures, in the order of the rows. Times are in ms. */
export const rows: readonly Row[] = [
  { measure: 'bytes until usable', title: 'transferred until usable, kB', divisor: 1000 },
  { measure: 'requests until usable', title: 'requests until then' },
  { measure: 'first key, plain', title: 'first key taken' },
  { measure: 'first key, CPU 4x', title: 'first key taken, CPU 4x' },
  { measure: 'first key, slow 4G', title: 'first key taken, slow 4G' },
  { measure: 'first key, slow 4G, CPU 4x', title: 'first key taken, slow 4G, CPU 4x' },
  { measure: 'key in the surname', title: 'work of a key in the surname' },
  { measure: 'key in the phone', title: 'work of a key in the phone' },
  { measure: 'Next to the person', title: 'Next, to step 2' },
  { measure: 'Next to the passport', title: 'Next, to step 3' },
  { measure: 'Next to the consents', title: 'Next, to step 4' },
  { measure: 'list until shown', title: 'list of cities, until shown' },
  { measure: 'work of opening the list', title: 'work of opening it' },
  { measure: 'work of a key in the list', title: 'work of a key that filters it' },
  { measure: 'heap at the end', title: 'heap at the end, MB', divisor: 1_000_000 },
  { measure: 'bytes at the end', title: 'transferred at the end, kB', divisor: 1000 },
  { measure: 'requests at the end', title: 'requests at the end' },
]

/** The columns of all tables. */
export const columns = subjectNames.map((name) => subjects[name].title)

/** The generated parts of the page, by their names. */
export function createComparison(results: Results): ReadonlyMap<string, string> {
  return new Map([
    ['machine', describeRun(results)],
    ['figures', createFigures(results)],
    ['violations', createViolations(results)],
    ['versions', createVersions()],
  ])
}

/** The versions of the packages that each page is built from. */
export function createVersions(): string {
  const versions: Readonly<Record<string, string>> = manifest.dependencies
  return renderTable(
    ['page', 'packages'],
    subjectNames.map((name) => [
      subjects[name].title,
      subjects[name].packages.map((each) => `${each} ${versions[each] ?? ''}`).join(', ') ||
        'as this repository builds it',
    ]),
  )
}

function createFigures({ rounds }: Results): string {
  return renderTable(
    ['ms, unless a row says otherwise', ...columns],
    rows.map(({ measure, title, divisor = 1 }) => [
      title,
      ...subjectNames.map((name) => {
        const values = rounds.map((round) => (round[name][measure] ?? NaN) / divisor)
        const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)].map(round3)
        return least === most ? `${middle}` : `${middle} (${least}–${most})`
      }),
    ]),
  )
}

function createViolations({ violations }: Results): string {
  const steps = Object.keys(violations.anketa)
  return renderTable(
    ['screen', ...columns],
    steps.map((step) => [step, ...subjectNames.map((name) => violations[name][step]?.join(', ') || '0')]),
  )
}

function describeRun({ machine, days: [first, last], rounds }: Results): string {
  const when = first === last ? `on ${first}` : `from ${first} to ${last}`
  const count = `${rounds.length} round${rounds.length === 1 ? '' : 's'}`
  return `Measured ${when} in ${count}: ${machine.cores} cores of ${machine.cpu}, Chromium ${machine.chromium}, Node ${machine.node}. Load average of the last 15 minutes: ${loadavg()[2]?.toFixed(1)}.`
}

/** Three digits that count. */
function round3(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(value >= 10 ? 3 : 2)))
}
