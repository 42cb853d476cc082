// The form beside pages with the same fields, masks, steps and lists that are made with other libraries or by hand. All
// are built for production, served by one server, compressed by brotli, and measured in turns, each time by a new visitor.
// The page `docs/comparison.md` says what is measured. Build the scripts first.
// Usage: npm run bench:peers [-- rounds] [--append]. With `--append` the rounds are added to those of the last run.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from 'playwright'
import { replaceGenerated } from '../../../scripts/docs/markdown.ts'
import { chromiumLaunchOptions } from '../../support/chromium.ts'
import { conditionNames } from '../page/measures.ts'
import { buildPages, installPeers } from './build.ts'
import { countViolations, type Figures, measureJourney, measureLoading } from './journey.ts'
import { describeMachine, loadResults, type Results, saveResults } from './results.ts'
import { servePages } from './serve.ts'
import { type SubjectName, subjectNames, subjects } from './subjects.ts'
import { createComparison } from './table.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { append: { type: 'boolean', default: false } },
})
const count = Number(positionals[0] ?? 5)
const page = new URL('../../../docs/comparison.md', import.meta.url)

await installPeers()
const built = await buildPages()
const folder = await mkdtemp(join(tmpdir(), 'anketa-peers-'))
const { origin, close } = await servePages(folder, built)
try {
  const results = await measure(options.append ? await loadResults() : undefined)
  if (results.rounds.length > 0) {
    const parts = createComparison(results)
    console.log([...parts.values()].join('\n\n'))
    await writeFile(page, replaceGenerated(await readFile(page, 'utf8'), 'comparison', parts))
  }
} finally {
  await close()
  await rm(folder, { recursive: true, force: true })
}

async function measure(earlier: Results | undefined): Promise<Results> {
  const today = new Date().toISOString().slice(0, 10)
  const { violations, version } = await withBrowser(async (browser) => ({
    violations:
      earlier?.violations ?? (await ofEach((name) => countViolations(browser, origin, subjects[name]))),
    version: browser.version(),
  }))
  const machine = describeMachine(version)
  if (earlier && JSON.stringify(earlier.machine) !== JSON.stringify(machine))
    throw new Error('The last run was on another machine or browser: start a new one, without --append.')
  let results: Results = {
    machine,
    days: [earlier?.days[0] ?? today, today],
    rounds: earlier?.rounds ?? [],
    begun: earlier?.begun ?? {},
    violations,
  }
  await saveResults(results)
  for (let index = 0; index < count; index += 1) {
    const { rounds } = results
    // Each round begins with another page.
    const offset = rounds.length % subjectNames.length
    const order = [...subjectNames.slice(offset), ...subjectNames.slice(0, offset)]
    const round = await withBrowser((browser) =>
      ofEach(async (name) => {
        const figures = results.begun[name] ?? (await measurePage(browser, name))
        results = { ...results, begun: { ...results.begun, [name]: figures } }
        // What is stopped here is continued by `--append`.
        await saveResults(results)
        return figures
      }, order),
    )
    results = { ...results, rounds: [...rounds, round], begun: {} }
    await saveResults(results)
    process.stderr.write(`round ${index + 1} of ${count}\n`)
  }
  return results
}

async function measurePage(browser: Browser, name: SubjectName): Promise<Figures> {
  const loading: Figures[] = []
  for (const condition of conditionNames)
    loading.push(await measureLoading(browser, origin, subjects[name], condition))
  return Object.assign({}, ...loading, await measureJourney(browser, origin, subjects[name]))
}

/** The value of each page, one after the other. */
async function ofEach<Value>(
  evaluate: (name: SubjectName) => Promise<Value>,
  order: readonly SubjectName[] = subjectNames,
): Promise<Record<SubjectName, Value>> {
  const values = new Map<SubjectName, Value>()
  for (const name of order)
    values.set(
      name,
      await evaluate(name).catch((cause: unknown) => {
        throw new Error(`${subjects[name].title} cannot be measured`, { cause })
      }),
    )
  const valueOf = (name: SubjectName): Value => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`${name} was not measured`)
    return value
  }
  return {
    anketa: valueOf('anketa'),
    handWritten: valueOf('handWritten'),
    preact: valueOf('preact'),
    react: valueOf('react'),
    surveyjs: valueOf('surveyjs'),
    formio: valueOf('formio'),
  }
}

async function withBrowser<Value>(task: (browser: Browser) => Promise<Value>): Promise<Value> {
  const browser = await chromium.launch(await chromiumLaunchOptions())
  try {
    return await task(browser)
  } finally {
    await browser.close()
  }
}
