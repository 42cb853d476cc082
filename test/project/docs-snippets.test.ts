import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { HtmlParser } from '@angular/compiler'
import { parse as parseSfc, compileTemplate } from 'vue/compiler-sfc'
import { afterEach, describe, expect, it, vi } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { parseOptions } from '../../src/embed/options/parse-options.ts'
import { stub } from '../../src/embed/script/stub.ts'
import { presets } from '../../src/form/presets/presets.ts'
import { lazyRu } from '../../src/i18n/ru/lazy.ts'
import { resolveTexts } from '../../src/i18n/messages/parse-messages.ts'
import { ru } from '../../src/i18n/ru/ru.ts'
import { runCommand } from '../../src/relay/cli/run.ts'
import { parseConfig } from '../../src/relay/config/config.ts'
import { completeForm, configDeps, jsonChecks } from './docs-json-checks.ts'
import { findSnippets, loadDocsPages, type Snippet } from './docs-pages.ts'

const pages = await loadDocsPages()
const snippets = pages.flatMap(findSnippets)
const inLanguage = (...languages: readonly string[]) =>
  snippets.filter(({ language }) => languages.includes(language))

describe('JSON', () => {
  it.each(inLanguage('json'))('$at is valid: $kind', async ({ kind, code }) => {
    const check = jsonChecks[kind]
    expect(check, `"${kind}" behind \`\`\`json: expected ${Object.keys(jsonChecks).join(', ')}`).toBeDefined()
    expect(await check?.(JSON.parse(code))).toEqual([])
  })

  it('with a mistake in it is found', async () => {
    expect(await jsonChecks['step']?.({ id: 'a', title: 'a', fields: ['phon'] })).not.toEqual([])
    expect(await jsonChecks['destination']?.({ provider: 'devtek' })).not.toEqual([])
    expect(await jsonChecks['messages']?.({ submitt: '' })).not.toEqual([])
  })
})

/** Names that snippets of TypeScript take for granted. */
const globals = `
import type { Page } from 'playwright'
declare global {
  const element: HTMLElement
  const page: Page
  const expect: typeof import('vitest').expect
}
`

describe('TypeScript', () => {
  const folder = 'node_modules/.cache/docs-snippets'
  const sources = inLanguage('ts', 'tsx')

  it('compiles with the types of the package', { timeout: 120_000 }, async () => {
    expect(sources.length).toBeGreaterThan(5)
    expect(await compile(sources)).toBe('')
  })

  it('with a mistake in it does not compile', { timeout: 120_000 }, async () => {
    const [sample] = sources
    const code = "import { mount } from 'anketa'\nmount(element, { relai: '' })\n"
    const wrong = { at: 'wrong:1', path: 'wrong', kind: '', ...sample, language: 'ts', code }
    expect(await compile([wrong])).toContain('relai')
  })

  /** Writes the snippets to files and compiles them; returns what the compiler has to say. */
  async function compile(compiled: readonly Snippet[]): Promise<string> {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    const files = compiled.map(({ at, language }) => `${at.replaceAll(/[/:.]/g, '-')}.${language}`)
    await Promise.all([
      ...compiled.map(({ code }, index) =>
        writeFile(join(folder, files[index] ?? ''), `${code}\nexport {}\n`),
      ),
      writeFile(join(folder, 'globals.d.ts'), globals),
      writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          extends: '../../../tsconfig.json',
          compilerOptions: { noUnusedLocals: false },
          include: ['../../../src/**/*.d.ts'],
          files: ['globals.d.ts', ...files],
        }),
      ),
    ])
    const tsc = ['node_modules/typescript/bin/tsc', '--project', folder]
    return promisify(execFile)(process.execPath, tsc).then(
      () => '',
      ({ stdout }: { readonly stdout: string }) => stdout,
    )
  }
})

describe('HTML', () => {
  it.each(inLanguage('html'))('$at is well-formed, and its attributes are options', ({ code }) => {
    expect(htmlProblems(code)).toEqual([])
  })

  it.each([
    '<div><span></div>',
    '<div data-anketa data-thema="dark"></div>',
    '<div data-anketa data-theme="black"></div>',
    '<div data-theme="dark"></div>',
    '<div data-anketa data-form="microlone"></div>',
  ])('with a mistake in it is found: %s', (code) => {
    expect(htmlProblems(code)).not.toEqual([])
  })
})

describe('Vue', () => {
  it.each(inLanguage('vue'))('$at compiles', ({ at, code }) => {
    const { descriptor, errors } = parseSfc(code, { filename: at })
    const { template } = descriptor
    expect(errors).toEqual([])
    const result = compileTemplate({
      source: template?.content ?? '',
      filename: at,
      id: 'docs',
      compilerOptions: { expressionPlugins: ['typescript'] },
    })
    expect(result.errors).toEqual([])
    expect(result.code).toContain('anketa-form')
  })
})

describe('Svelte', () => {
  it.each(inLanguage('svelte'))('$at is what a new application is built with', async ({ code }) => {
    const tested = await readFile('test/apps/overlays/svelte/src/App.svelte', 'utf8')
    const [, listener = '?'] = /(onanketa:outcome=.*)/.exec(code) ?? []
    expect(tested).toContain(listener)
  })
})

describe('CSS', () => {
  it.each(inLanguage('css'))('$at sets properties that exist', async ({ code }) => {
    const tokens = await readFile('src/themes/tokens.css', 'utf8')
    const used = code.match(/--anketa-[\w-]+/g) ?? []
    expect(used).not.toEqual([])
    expect(used.filter((name) => !tokens.includes(name))).toEqual([])
  })
})

describe('commands', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  const commands = inLanguage('sh', 'dockerfile', 'ini').flatMap(({ at, language, code }) =>
    findCommands(language, code).map((command) => ({ at, command })),
  )

  it('are there to be checked', () => {
    expect(commands.length).toBeGreaterThan(10)
  })

  it.each(commands)('$at: $command', async ({ command }) => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect(await isKnownCommand(command.split(/\s+/))).toBe(true)
  })

  it('that do not exist are found', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect(await isKnownCommand(['npm', 'run', 'nothing'])).toBe(false)
    expect(await isKnownCommand(['npx', 'anketa-relay', 'nothing', '--config', 'a.json'])).toBe(false)
    expect(await isKnownCommand(['npx', 'anketa-relay', 'check', '--nothing'])).toBe(false)
  })
})

it('a proxy forwards to the default port of the relay, and a container exposes it', async () => {
  const { port } = await parseConfig({ forms: { main: completeForm } }, configDeps)
  for (const { code } of inLanguage('nginx')) {
    expect(code).toContain(`proxy_pass http://127.0.0.1:${port};`)
    expect(code).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;')
  }
  for (const { code } of inLanguage('dockerfile')) expect(code).toContain(`EXPOSE ${port}\n`)
})

it('the line of the stub is the one that the build writes', () => {
  const lines = inLanguage('txt').filter(({ code }) => code.includes('window.Anketa'))
  expect(lines).not.toEqual([])
  for (const { code } of lines) expect(code.trim()).toBe(stub)
})

it('every block of code is in a language that is checked', () => {
  const checked = 'yaml json ts tsx html vue svelte css sh dockerfile ini txt http nginx'.split(' ')
  expect(snippets.filter(({ language }) => !checked.includes(language)).map(({ at }) => at)).toEqual([])
})

interface ParsedElement {
  readonly name: string
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
}

/** What is wrong with the markup itself, and with the options of its forms. */
function htmlProblems(code: string): readonly string[] {
  const { rootNodes, errors } = new HtmlParser().parse(code, 'snippet.html')
  const elements: ParsedElement[] = []
  const visit = (nodes: readonly object[]): void => {
    for (const node of nodes) {
      if (!('attrs' in node && 'name' in node && 'children' in node)) continue
      const attributes: ParsedElement['attributes'] = Object(node.attrs)
      elements.push({ name: String(node.name), attributes: [...attributes] })
      if (Array.isArray(node.children)) visit(node.children)
    }
  }
  visit(rootNodes)
  return [...errors.map(({ msg }) => msg), ...elements.flatMap(attributeProblems)]
}

function attributeProblems({ name, attributes }: ParsedElement): readonly string[] {
  const isElement = name === 'anketa-form'
  const isFormScript = attributes.some((one) => one.name === 'src' && one.value.endsWith('/form.js'))
  if (!isElement && !isFormScript && !attributes.some((attribute) => attribute.name === 'data-anketa')) {
    const strays = attributes.filter((one) => one.name.startsWith('data-') && one.name !== 'data-cfasync')
    return strays.map((one) => `${one.name} on an element that has no form`)
  }
  // Angular writes properties in brackets.
  const plain = attributes.filter((one) => !/^[[(]/.test(one.name))
  const { options, issues } = parseOptions({}, plain, isElement)
  const { form, messages } = options
  return [
    ...issues.map((issue) => `${issue.name}: no such option, or a wrong value`),
    ...(typeof messages === 'object' ? resolveTexts({ ...ru, ...lazyRu }, messages).problems : []),
    ...(typeof form !== 'string' || form.includes('/') || Object.hasOwn(presets, form)
      ? []
      : [`${form}: no such preset`]),
  ]
}

/** The commands of a block: lines of a shell, `RUN` and `CMD`, `ExecStart`. */
function findCommands(language: string, code: string): readonly string[] {
  const joined = code.replaceAll(/\\\n\s*/g, '')
  const lines = joined.split('\n').flatMap((line) => {
    if (language === 'dockerfile') {
      const [, list] = /^CMD (\[.*\])/.exec(line) ?? []
      const words: unknown = list === undefined ? [] : JSON.parse(list)
      if (Array.isArray(words) && words.length > 0) return [words.join(' ')]
      return /^RUN (.*)/.exec(line)?.[1] ?? []
    }
    return language === 'ini' ? (/^ExecStart=(.*)/.exec(line)?.[1] ?? []) : [line]
  })
  return lines
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split(/\s*(?:&&|;)\s*/))
    .map((command) => command.trim().replace(/^(?:[A-Z_]+=\S* )+/, ''))
    .filter((command) => command !== '' && !/^(?:mkdir|chown|cd) /.test(command))
}

const installable = new Set([
  'anketa',
  ...Object.keys(manifest.peerDependencies),
  ...Object.keys(manifest.devDependencies),
  // The relay reads tables and writes its log with them.
  'csv-parse',
  'pino',
])

async function isKnownCommand(words: readonly string[]): Promise<boolean> {
  const [program = '', ...rest] = words[0] === 'npx' ? words.slice(1) : words
  if (/(?:^|\/)anketa-relay$/.test(program)) {
    const deps = { widgetUrl: new URL('file:///none'), fetch, stopSignal: new AbortController().signal }
    return (await runCommand([...rest, '--help'], deps)) === 0
  }
  const scripts: Readonly<Record<string, string>> = manifest.scripts
  const [verb = '', ...given] = rest
  if (program !== 'npm') return false
  if (verb === 'run') return Object.hasOwn(scripts, given[0] ?? '')
  if (verb === 'start' || verb === 'test') return Object.hasOwn(scripts, verb)
  if (verb === 'install') return given.every((name) => installable.has(name.replace(/(?!^)@.*$/, '')))
  return verb === 'ci' && given.length === 0
}
