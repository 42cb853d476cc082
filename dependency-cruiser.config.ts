import type { IConfiguration, IRegularForbiddenRuleType as Rule } from 'dependency-cruiser'

/** What a folder may import, in addition to its own files. */
interface Layer {
  /** Folders and files of the same parent. */
  readonly from: readonly string[]
  /** Packages. `node:` allows the modules of Node. */
  readonly packages?: readonly string[]
}

/** Every layer of the widget, lowest first. */
const widget = [
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
] as const

/** The folders of src. A folder that has no row here is an error. */
const src: Readonly<Record<string, Layer>> = {
  lead: { from: [], packages: ['valibot'] },
  fields: { from: ['lead'], packages: ['valibot', 'imask'] },
  places: { from: ['lead', 'fields'], packages: ['valibot'] },
  providers: { from: ['lead', 'fields'], packages: ['valibot'] },
  form: { from: ['lead', 'fields'], packages: ['valibot'] },
  i18n: { from: ['lead', 'fields'], packages: ['valibot'] },
  state: { from: ['lead', 'fields', 'form'], packages: ['@preact/signals-core'] },
  ui: {
    from: ['lead', 'fields', 'places', 'form', 'state', 'i18n'],
    packages: ['preact', '@preact/signals', '@preact/signals-core'],
  },
  delivery: { from: ['lead', 'places', 'providers'], packages: ['valibot', 'altcha-lib'] },
  themes: { from: [] },
  embed: { from: widget, packages: ['valibot', '@preact/signals-core'] },
  console: { from: [...widget, 'embed', 'relay'], packages: ['preact', '@preact/signals', 'valibot'] },
  testing: { from: ['lead', 'form'] },
  entries: { from: [...widget, 'embed', 'testing'], packages: ['preact', 'react'] },
  relay: {
    from: ['lead', 'fields', 'form', 'i18n', 'places', 'providers', 'delivery'],
    packages: [
      'valibot',
      'hono',
      '@hono/node-server',
      'pg',
      'pg-boss',
      '@electric-sql/pglite',
      're2js',
      '@prometheus-io/client',
      'pino',
      'nodemailer',
      'pdfkit',
      'csv-parse',
      'rate-limiter-flexible',
      'altcha-lib',
      'node:',
    ],
  },
}

const formParts = [
  'connection',
  'source',
  'language',
  'appearance',
  'attribution',
  'events',
  'analytics',
  'options',
] as const

/** The folders and files of src/embed, lowest first. Any of them may load a chunk with `import()`. */
const embed: Readonly<Record<string, Layer>> = {
  'version.d.ts': { from: [] },
  connection: { from: ['options', 'appearance'] },
  options: { from: [] },
  analytics: { from: ['options'] },
  events: { from: ['options', 'analytics'] },
  source: { from: ['options'] },
  language: { from: ['options'] },
  appearance: { from: ['options'] },
  attribution: { from: ['options'] },
  draft: { from: ['options', 'events'] },
  calculator: { from: [] },
  'on-demand': { from: ['connection', 'options', 'source', 'appearance'] },
  form: { from: [...formParts, 'draft', 'calculator', 'on-demand'] },
  element: { from: [...formParts, 'form'] },
  script: { from: [...formParts, 'form', 'element'] },
}

/** The folders and files of src/relay. Each imports only those that come after it. */
const relay: Readonly<Record<string, Layer>> = inOrder([
  'index.ts',
  'cli',
  'create-relay.ts',
  'assembly',
  'relay-options.ts',
  'http',
  'delivery',
  'campaigns',
  'config',
  'leads',
  'messages',
  'destinations',
  'places',
  'database',
  'runtime',
  'log.ts',
])

/** Packages of one folder only. */
const packageHomes: Readonly<Record<string, string>> = {
  imask: 'src/fields/mask',
  '@electric-sql/pglite': 'src/relay/database',
  pg: 'src/relay/database',
  '@hono/node-server': 'src/relay/assembly/serve.ts',
  hono: 'src/relay/http',
  re2js: 'src/relay/campaigns',
  'csv-parse': 'src/relay/places/import',
  pino: 'src/relay/log.ts',
  nodemailer: 'src/relay/messages',
  'rate-limiter-flexible': 'src/relay/http/protection',
  pdfkit: 'src/relay/leads/privacy/signed',
  '@prometheus-io/client': 'src/relay/runtime/metrics.ts',
}

/** Files outside of src that judge what src does, and must not share its mistakes. */
const independent: Readonly<Record<string, string>> = {
  'demo/sandbox': 'src',
  'test/journey': 'src/providers',
}

const config: IConfiguration = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one file, or share a third. Types count.',
      severity: 'error',
      from: {},
      // A chunk may load what imports it: that is no circle when modules are evaluated.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'The imported file or package does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependency',
      comment: 'Users of the package do not get its devDependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'npm-peer'],
      },
    },
    {
      name: 'one-adapter',
      comment: 'An adapter imports its own files and core. A shared part moves to core.',
      severity: 'error',
      from: { path: '^src/providers/([^/]+)/' },
      to: { path: '^src/providers/', pathNot: '^src/providers/($1|core)/' },
    },
    {
      name: 'known-folder',
      comment: 'Add a row to the layer table of dependency-cruiser.config.ts.',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: `^src/(${alternatives(Object.keys(src))})/` },
    },
    ...layerRules('src', src),
    ...layerRules('src/embed', embed),
    ...layerRules('src/relay', relay),
    ...Object.entries(packageHomes).map(([name, folder]) =>
      forbid(
        `only-${folder}`,
        `Only ${folder} imports ${name}.`,
        { path: '^src/', pathNot: inside(folder) },
        {
          path: `^node_modules/${name}/`,
        },
      ),
    ),
    ...Object.entries(independent).map(([from, to]) =>
      forbid(
        `independent-${from}`,
        `${from} does not import ${to}.`,
        { path: inside(from) },
        { path: inside(to) },
      ),
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // TypeScript 7 has no API for parsers yet. This one sees type imports, too.
    parser: 'swc',
    doNotFollow: { path: '^(node_modules|dist)/' },
    // These are compiled in the applications that they become part of, with packages of their own.
    exclude: { path: ['\\?', '^test/apps/overlays', '^test/bench/peers/apps'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.d.ts'],
    },
  },
}

export default config

function layerRules(parent: string, table: Readonly<Record<string, Layer>>): Rule[] {
  return Object.entries(table).flatMap(([name, { from, packages }]) => {
    const own = inside(`${parent}/${name}`)
    const allowed = [name, ...from].map((other) => inside(`${parent}/${other}`))
    const siblings = forbid(
      `layer-${parent}/${name}`,
      `${name} imports ${from.length === 0 ? 'nothing' : from.join(', ')} of ${parent}.`,
      { path: own },
      {
        path: `^${parent}/`,
        pathNot: allowed,
        dependencyTypesNot: parent === 'src' ? [] : ['dynamic-import'],
      },
    )
    if (parent !== 'src') return [siblings]
    const packageList = packages ?? []
    const outside = forbid(
      `packages-${parent}/${name}`,
      `${name} imports ${packageList.length === 0 ? 'no package' : packageList.join(', ')} from outside of src.`,
      { path: own },
      {
        pathNot: ['^src/', ...packageList.map((each) => `^node_modules/${each}/`)],
        dependencyTypesNot: packageList.includes('node:') ? ['core'] : [],
      },
    )
    return [siblings, outside]
  })
}

function inOrder(names: readonly string[]): Record<string, Layer> {
  return Object.fromEntries(names.map((name, index) => [name, { from: names.slice(index + 1) }]))
}

function forbid(name: string, comment: string, from: Rule['from'], to: Rule['to']): Rule {
  return { name, comment, severity: 'error', from, to }
}

/** A pattern of a folder's files, or of one file. */
function inside(path: string): string {
  return path.includes('.') ? `^${path.replaceAll('.', '\\.')}$` : `^${path}/`
}

function alternatives(names: readonly string[]): string {
  return names.join('|')
}
