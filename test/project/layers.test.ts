import { glob, readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path/posix'
import { parseSync } from 'vite'
import { expect, it } from 'vitest'

interface LayerRule {
  /** Rooms whose files may be imported, besides the room's own. */
  layers: readonly string[]
  /** Packages that may be imported; `node:` stands for all of Node's own. */
  packages: readonly string[]
}

/** Stands for an address that is no literal, and could lead anywhere. */
const computed = '(computed)'

const widgetLayers = [
  'lead',
  'fields',
  'places',
  'providers',
  'form',
  'i18n',
  'state',
  'ui',
  'delivery',
  'themes',
]

/** Who may import whom: the folders of src, and the files that stand directly in it. */
const layerRules: Readonly<Record<string, LayerRule>> = {
  lead: { layers: [], packages: ['valibot'] },
  // No schema library: the script pays for its kinds with every page.
  fields: { layers: ['lead'], packages: [] },
  places: { layers: ['lead', 'fields'], packages: ['valibot'] },
  providers: { layers: ['lead', 'fields'], packages: ['valibot'] },
  form: { layers: ['lead', 'fields'], packages: ['valibot'] },
  i18n: { layers: ['lead', 'fields'], packages: ['valibot'] },
  state: { layers: ['lead', 'fields', 'form'], packages: ['@preact/signals-core'] },
  ui: {
    layers: ['lead', 'fields', 'places', 'form', 'state', 'i18n'],
    packages: ['preact', '@preact/signals', '@preact/signals-core'],
  },
  delivery: { layers: ['lead', 'places', 'providers'], packages: ['valibot'] },
  themes: { layers: [], packages: [] },
  // The script's parts come from addresses that are known on the page only.
  embed: { layers: widgetLayers, packages: ['valibot', '@preact/signals-core', computed] },
  testing: { layers: ['lead', 'form'], packages: [] },
  entries: { layers: [...widgetLayers, 'embed', 'testing'], packages: ['preact'] },
  relay: {
    layers: ['lead', 'fields', 'form', 'places', 'providers', 'delivery', 'i18n'],
    packages: [
      'valibot',
      'hono',
      '@hono/node-server',
      'pg-boss',
      'pino',
      '@electric-sql/pglite',
      're2js',
      'node:',
    ],
  },
}

/** Outside src: what a folder must not import, because it is there to judge it from without. */
const forbiddenImports: Readonly<Record<string, string>> = {
  'demo/sandbox/': 'src/',
  'test/journey/': 'src/providers/',
}

interface Import {
  from: string
  line: number
  specifier: string
}

const files = (await Array.fromAsync(glob('{src,demo,test}/**/*.{ts,tsx}')))
  .map((file) => file.replaceAll('\\', '/'))
  .toSorted()
const registry = await readFile('src/providers/registry.ts', 'utf8')
const imports = (await Promise.all(files.map(parseImports))).flat()

it('every file of src stands in a room', () => {
  expect(files.filter((file) => file.startsWith('src/') && !(layerOf(file) in layerRules))).toEqual([])
})

it.each(Object.entries(layerRules))('%s imports only what it may', (name, room) => {
  const own = imports.filter(({ from }) => from.startsWith('src/') && layerOf(from) === name)
  expect(own.filter((found) => !isAllowed(found, name, room)).map(describeImport)).toEqual([])
})

it.each(Object.entries(forbiddenImports))('%s does not know %s', (folder, secret) => {
  const own = imports.filter(({ from }) => from.startsWith(folder))
  expect(own.filter((found) => importedFile(found)?.startsWith(secret)).map(describeImport)).toEqual([])
})

it('one adapter does not bring another', () => {
  const adapterOf = (file: string) => /^src\/providers\/([a-z]+)\//.exec(file)?.[1] ?? ''
  const entries = [...registry.matchAll(/from '\.\/([\w/-]+\.ts)'/g)].map(
    ([, path]) => `src/providers/${path}`,
  )
  expect(entries.length).toBeGreaterThan(2)
  const names = new Set(entries.map(adapterOf))
  const strays = imports.filter((found) => {
    const [own, other] = [adapterOf(found.from), adapterOf(importedFile(found) ?? '')]
    return (
      names.has(other) &&
      own !== other &&
      adapterOf(found.from) !== '' &&
      found.from.startsWith('src/providers/')
    )
  })
  expect(strays.map(describeImport)).toEqual([])
})

function isAllowed(found: Import, name: string, room: LayerRule): boolean {
  const target = importedFile(found)
  if (target === undefined) return room.packages.includes(packageName(found.specifier))
  return target.startsWith('src/') && [name, ...room.layers].includes(layerOf(target))
}

function describeImport({ from, line, specifier }: Import): string {
  return `${from}:${line} imports ${specifier}`
}

/** `src/ui/form.tsx` stands in `ui`, `src/entries/index.ts` in `entries`. */
function layerOf(file: string): string {
  return file.split('/')[1] ?? ''
}

/** The imported file, from the project's root; nothing for a package. */
function importedFile({ from, specifier }: Import): string | undefined {
  return specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : undefined
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:'
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

async function parseImports(from: string): Promise<Import[]> {
  const text = await readFile(from, 'utf8')
  const { module, errors } = parseSync(from, text)
  if (errors.length > 0) throw new Error(`${from}: ${errors.map(({ message }) => message).join(', ')}`)
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => moduleRequest),
  ]
  return requests.map(({ start, end }) => ({
    from,
    line: text.slice(0, start).split('\n').length,
    specifier: /^(['"`])([^$]*)\1$/.exec(text.slice(start, end))?.[2] ?? computed,
  }))
}
