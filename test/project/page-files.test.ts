import { glob, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { parseSync, Visitor } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { buildPageFiles, readScripts } from '../support/build-page-files.ts'

/** Words in addresses that lists of ad blockers know. */
const blockedWords = /track|analytic|advert|banner|counter|pixel|metric|affiliate/i

let folder: string
let scripts: ReadonlyMap<string, string>
let chunks: readonly string[]

beforeAll(async () => {
  folder = await buildPageFiles()
  scripts = await readScripts(folder)
  chunks = [...scripts.keys()].filter((name) => /-[\w-]{8}\.js$/.test(name) && !name.startsWith('anketa'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the files for pages', () => {
  it('are the entry, the loaders, the stub and at most eight files on demand', () => {
    const { version } = manifest
    const others = [...scripts.keys()].filter((name) => !chunks.includes(name))
    expect(others).toEqual([`anketa-${version}.js`, 'anketa-stub.js', 'anketa.js', 'form.js'])
    expect(chunks.length).toBeGreaterThan(2)
    expect(chunks.length).toBeLessThanOrEqual(8)
  })

  it('have all styles in one file beside them, which the entry names', async () => {
    const styles = (await readdir(folder)).filter((name) => name.endsWith('.css'))
    expect(styles).toHaveLength(1)
    const [name = ''] = styles
    expect(name).toMatch(/^form-[\w-]{8}\.css$/)
    expect(scripts.get('form.js')).toContain(name)
    const css = await readFile(join(folder, name), 'utf8')
    expect(css).toMatch(/^[\t\n\x20-\x7e]+$/)
    // The form, the list of places, the code, test mode, the looks and the themes.
    for (const part of ['input', 'option', 'sent', 'test'])
      expect(css).toContain(`.anketa-${part}.anketa-${part}.anketa-${part}`)
    for (const part of ['[data-look=soft]', '[data-theme=dark]', '[data-theme=auto]'])
      expect(css).toContain(part)
    const { files } = JSON.parse(await readFile(join(folder, 'integrity.json'), 'utf8'))
    expect(Object.keys(files)).toContain(name)
  })

  it('have names that no list of an ad blocker knows', () => {
    expect([...scripts.keys()].filter((name) => blockedWords.test(name))).toEqual([])
  })

  it('are ASCII', () => {
    for (const [name, text] of scripts) expect([name, /[^\t\n\x20-\x7e]/.exec(text)]).toEqual([name, null])
  })

  it('have the texts and the regular expressions of the source in them all the same', () => {
    const texts = [...scripts.values()].map(literalsOf)
    const all = texts.flatMap(({ strings }) => strings).join('\n')
    for (const words of [
      'Сумма займа, ₽',
      'Введите 11 цифр, например 112-233-445 95',
      'Отправляем…',
      'Адрес регистрации',
    ])
      expect(all).toContain(words)
    const patterns = texts.flatMap(({ expressions }) => expressions)
    const matching = (text: string) => patterns.filter((pattern) => pattern.test(text)).length
    // Russian letters are in other classes of characters than letters that are not Russian.
    expect(matching('Ё')).toBeGreaterThan(matching('\u0500') + 1)
    expect(patterns.some((pattern) => pattern.source.includes('\\u04'))).toBe(true)
  })

  it('tell browsers to compile the functions of the entry and of the next step while they come in, and by parentheses in the entry', () => {
    const entry = scripts.get('form.js') ?? ''
    expect(entry.split('\n', 1)).toEqual(['//# allFunctionsCalledOnLoad'])
    const compiled = [...scripts].filter(([, text]) => text.startsWith('//# allFunctionsCalledOnLoad\n'))
    expect(compiled.map(([name]) => name.replace(/-.*/, '')).toSorted()).toEqual(['form.js', 'steps'])
    const { body } = parseSync('form.js', entry).program
    const values = body.flatMap<{ readonly type: string } | null>((node) =>
      node.type === 'VariableDeclaration' ? node.declarations.map(({ init }) => init) : [node],
    )
    const inParentheses = values.filter((value) => value?.type === 'ParenthesizedExpression')
    expect(inParentheses.length).toBeGreaterThan(200)
    expect(values.filter((value) => value && /Function/.test(value.type))).toEqual([])
  })

  it('take what they share from the entry, or from the file that loads them, so that there is one copy of it', () => {
    for (const name of chunks) {
      const loaders = [...scripts].filter(([, text]) => text.includes(`window.Anketa.load(\`./${name}\`)`))
      expect(loaders.length).toBeGreaterThan(0)
      const known = ['./form.js', ...loaders.map(([loader]) => `./${loader}`)]
      const { staticImports } = parseSync(name, scripts.get(name) ?? '').module
      expect(known).toEqual(
        expect.arrayContaining(staticImports.map(({ moduleRequest }) => moduleRequest.value)),
      )
    }
  })

  it('load one another by addresses that the next try can change', () => {
    const imports = [...scripts.values()].flatMap((text) => [...text.matchAll(/\bimport\(\s*[`'"]/g)])
    expect(imports).toEqual([])
  })
})

it('classic scripts begin with a semicolon, so that a file that is joined before them cannot break them', () => {
  const classic = [...scripts.keys()].filter((name) => name.startsWith('anketa'))
  expect(classic).toHaveLength(3)
  for (const name of classic) expect([name, scripts.get(name)?.charAt(0)]).toEqual([name, ';'])
})

describe('the loader', () => {
  it('declares no global but Anketa', () => {
    const window: Record<string, unknown> = { fetch: () => Promise.reject(new Error('offline')) }
    const document = { scripts: [], querySelectorAll: () => [], addEventListener: () => undefined }
    const context = { ...window, window, document, HTMLScriptElement: Object, setTimeout: () => 0, URL }
    const before = Object.keys(context)
    runInNewContext(scripts.get('anketa.js') ?? '', context)
    expect(Object.keys(window)).toEqual(['fetch', 'Anketa'])
    expect(Object.keys(context)).toEqual(before)
  })
})

it('every module that is loaded on demand is named *.chunk.ts', async () => {
  const files = (await Array.fromAsync(glob('src/**/*.{ts,tsx}'))).filter(
    (file) => !/^src.relay\b/.test(file),
  )
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  const requests = texts.flatMap((text) =>
    [...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, path]) => path),
  )
  expect(requests.length).toBeGreaterThan(8)
  expect(requests.filter((path) => !path?.endsWith('.chunk.ts'))).toEqual([])
})

/** What the strings, templates and regular expressions of a script stand for. */
function literalsOf(text: string): {
  readonly strings: readonly string[]
  readonly expressions: readonly RegExp[]
} {
  const strings: string[] = []
  const expressions: RegExp[] = []
  new Visitor({
    Literal(node) {
      if (typeof node.value === 'string') strings.push(node.value)
      if ('regex' in node) expressions.push(new RegExp(node.regex.pattern, node.regex.flags.replace('g', '')))
    },
    TemplateElement(node) {
      strings.push(node.value.cooked ?? '')
    },
  }).visit(parseSync('script.js', text).program)
  return { strings, expressions }
}
