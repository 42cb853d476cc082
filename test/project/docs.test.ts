import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path/posix'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { goalsFor, type TrackedEvent } from '../../src/embed/analytics/goals.ts'
import { optionsTable } from '../../src/embed/options/options-table.ts'
import { parseOptions } from '../../src/embed/options/parse-options.ts'
import { parseDefinition } from '../../src/form/definition.ts'
import { presets } from '../../src/form/presets/presets.ts'
import { publicOutcomes } from '../../src/lead/outcome.ts'
import { providers } from '../../src/providers/registry.ts'
import { relayPackages } from '../../src/relay/cli/preflight.ts'
import { providerBindings } from '../../src/relay/destinations/providers.ts'
import { maskedControl } from '../../src/ui/input/recorder-marks.ts'
import { createAnswerTables } from '../../scripts/docs/answer-tables.ts'
import { createAfterReference, createDefinitionReference } from '../../scripts/docs/definition-reference.ts'
import { createLayerTable } from '../../scripts/docs/layer-table.ts'
import { replaceGenerated } from '../../scripts/docs/markdown.ts'
import { createProviderOptionTables } from '../../scripts/docs/provider-options.ts'
import { createProviderTables } from '../../scripts/docs/provider-tables.ts'
import { createRelayReference } from '../../scripts/docs/relay-reference.ts'
import { findAnchors, findSnippets, loadDocsPages, proseOf } from './docs-pages.ts'

const pages = await loadDocsPages()

describe('docs/providers.md', () => {
  const text = read('docs/providers.md')
  const tables = createProviderTables()

  it('has the current tables of the adapters; "npm run docs" writes them', () => {
    expect(replaceGenerated(text, 'parameters', tables)).toBe(text)
  })

  it('has the current options; "npm run docs" writes them', () => {
    const options = createProviderOptionTables()
    expect(replaceGenerated(text, 'options', options)).toBe(text)
    for (const name of options.keys()) expect(text).toContain(`<!-- options: ${name} -->`)
  })

  it('has every table once, and at least one of every provider', () => {
    const named = Array.from(text.matchAll(/<!-- parameters: ([\w ]+) -->/g), ([, name = '']) => name)
    expect(named.toSorted()).toEqual([...tables.keys()].toSorted())
    const shown = new Set(named.map((name) => name.split(' ')[0] ?? ''))
    expect([...shown].toSorted()).toEqual(Object.keys(providers).toSorted())
  })

  it('names every option', () => {
    const options = Object.values(providerBindings).flatMap(({ optionNames }) => optionNames)
    expect(options.filter((option) => !text.includes(`\`${option}\``))).toEqual([])
  })
})

it('docs/provider-answers.md has what the tests of the adapters hold; "npm run docs" writes it', async () => {
  const text = read('docs/provider-answers.md')
  const tables = await createAnswerTables()
  expect(replaceGenerated(text, 'answers', tables)).toBe(text)
  expect([...tables.keys()].filter((name) => !text.includes(`<!-- answers: ${name} -->`))).toEqual([])
})

it('docs/architecture.md has the current layers; "npm run docs" writes them', () => {
  const text = read('docs/architecture.md')
  expect(text).toContain('<!-- rules: layers -->')
  expect(replaceGenerated(text, 'rules', createLayerTable())).toBe(text)
})

describe('docs/relay.md', () => {
  const text = read('docs/relay.md')

  it('has the current keys and commands; "npm run docs" writes them', () => {
    const parts = createRelayReference()
    expect(replaceGenerated(text, 'relay', parts)).toBe(text)
    expect([...parts.keys()].filter((name) => !text.includes(`<!-- relay: ${name} -->`))).toEqual([])
  })

  it('installs every package that the relay needs', () => {
    const installs = text.split('\n').filter((line) => line.includes('npm install anketa hono'))
    expect(installs).toHaveLength(2)
    for (const name of Object.keys(relayPackages)) {
      for (const line of installs) expect(line).toContain(` ${name}`)
    }
  })

  it('names the Node that the package needs', () => {
    expect(text).toContain(`Node ${manifest.engines.node.replace('>=', '')} or newer`)
  })
})

describe('docs/definition.md', () => {
  const page = { path: 'docs/definition.md', text: read('docs/definition.md') }

  it('has the current keys; "npm run docs" writes them', () => {
    const keys = createDefinitionReference()
    expect(replaceGenerated(page.text, 'keys', keys)).toBe(page.text)
    for (const name of keys.keys()) expect(page.text).toContain(`<!-- keys: ${name} -->`)
  })

  it('has the current presets; "npm run docs" writes them', () => {
    const shown = findSnippets(page).filter(({ kind }) => kind === 'preset')
    const documents = { operator: { name: 'a' }, policyUrl: 'https://example.ru/policy', consents: [] }
    expect(shown.map(({ code }) => parseDefinition({ ...JSON.parse(code), ...documents }))).toEqual(
      Object.values(presets).map((preset) => parseDefinition({ ...preset, ...documents })),
    )
  })
})

it('docs/after-the-outcome.md has the current keys; "npm run docs" writes them', () => {
  const text = read('docs/after-the-outcome.md')
  const keys = createAfterReference()
  expect(replaceGenerated(text, 'after', keys)).toBe(text)
  for (const name of keys.keys()) expect(text).toContain(`<!-- after: ${name} -->`)
})

describe('docs/embedding.md', () => {
  const text = read('docs/embedding.md')

  it('names every callback and the event that belongs to it', () => {
    const callbacks = Object.keys(optionsTable).filter((name) => /^on[A-Z]/.test(name))
    expect(callbacks).toContain('onOutcome')
    const missing = callbacks.filter(
      (name) => !text.includes(`\`anketa:${name.slice(2).toLowerCase()}\``) || !text.includes(`\`${name}\``),
    )
    expect(missing).toEqual([])
  })

  it('names every analytics goal', () => {
    const leadId = ''
    const events: readonly TrackedEvent[] = [
      ...(['view', 'start', 'submit', 'error', 'leave'] as const).map((type) => ({ type })),
      { type: 'consent', id: 'processing' },
      { type: 'offer', offer: 1, outcome: 'declined', leadId },
      ...publicOutcomes.map((outcome) => ({ type: 'outcome', outcome, leadId }) as const),
    ]
    const goals = events.flatMap((event) => goalsFor(event, true))
    expect(goals.length).toBeGreaterThan(8)
    expect(goals.filter((goal) => !text.includes(`\`${goal}\``))).toEqual([])
  })
})

it('README has at most 900 words', () => {
  expect(read('README.md').split(/\s+/).length).toBeLessThanOrEqual(900)
})

describe.each(pages)('$path', (page) => {
  it('links to files and headings that exist', () => {
    const broken = Array.from(
      proseOf(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)#?([^)\s]*)\)/g),
      ([, file = '', anchor = '']) => ({ file, anchor }),
    ).filter(({ file, anchor }) => {
      const target = file === '' ? page.path : normalize(join(dirname(page.path), file))
      if (!existsSync(target)) return true
      if (anchor === '') return false
      const other = pages.find(({ path }) => path === target)
      return other === undefined || !findAnchors(other).has(anchor)
    })
    expect(broken).toEqual([])
  })

  it('names files of the project that exist', () => {
    const named = Array.from(
      proseOf(page).matchAll(/`((?:src|test|docs|demo|scripts)\/[^`\s]*)`/g),
      ([, path = '']) => path,
    )
    expect(named.filter((path) => !/[<{*]/.test(path) && !existsSync(path))).toEqual([])
  })

  it('names attributes that exist', () => {
    const hooks =
      /^(?:anketa|anketa-status|target|step|status|field|consent|action|cfasync|(?:value|provider|minimum|maximum)-.+)$/
    const recorderMarks = new Set(Object.keys(maskedControl('')))
    const named = Array.from(proseOf(page).matchAll(/`data-([\w.-]+)(?:="([^"]*)")?`/g))
    const unknown = named.filter(([, name = '', value = '']) => {
      if (hooks.test(name) || recorderMarks.has(`data-${name}`)) return false
      const { options, issues } = parseOptions({}, [{ name: `data-${name}`, value: value || '""' }])
      return Object.keys(options).length === 0 && issues.every(({ expected }) => expected === undefined)
    })
    expect(unknown.map(([code]) => code)).toEqual([])
  })
})

it('a page for users of the package links to files that the package has', () => {
  const forDevelopers = ['docs/architecture.md', 'docs/contributing.md']
  const outside = pages
    .filter(({ path }) => path.startsWith('docs/') && !forDevelopers.includes(path))
    .flatMap((page) => [...proseOf(page).matchAll(/\]\((\.\.[^)\s#]+)/g)].map(([, link = '']) => link))
  const packed = ['README.md', 'LICENSE', ...manifest.files]
  expect(
    outside.filter((link) => !packed.some((path) => normalize(join('docs', link)).startsWith(path))),
  ).toEqual([])
})

it('plain HTML forms say their encoding, for pages in another one', async () => {
  const demo = await readFile('demo/pages/html/fallback.html', 'utf8')
  const forms = [...pages.map(({ text }) => text), demo].flatMap(
    (text) => text.match(/<form [^>]*method="post"[^>]*>/g) ?? [],
  )
  expect(forms.length).toBeGreaterThan(1)
  expect(forms.filter((form) => !form.includes('accept-charset="utf-8"'))).toEqual([])
})

it('the documentation is connected by links', () => {
  const links = pages.flatMap((page) => [...proseOf(page).matchAll(/\]\((?!https?:)[^)\s]+\)/g)])
  expect(links.length).toBeGreaterThan(40)
})

function read(path: string): string {
  const page = pages.find((one) => one.path === path)
  if (page === undefined) throw new Error(`There is no page ${path}`)
  return page.text
}
