/** A fresh application of a framework, with a form on its only page. */
export interface Application {
  readonly name: string
  /** The framework's own package that writes new applications, and its arguments. None: the overlay is all there is. */
  readonly template: readonly string[]
  /** The folder of `overlays` that is copied over it. */
  readonly overlay: string
  /** Packages of other versions than the template's. */
  readonly packages: readonly string[]
  /** The scripts of its package.json that have to pass. They include the type check. */
  readonly scripts: readonly string[]
  /** The command that serves what was built. `PORT` stands for a free port. */
  readonly serve: readonly string[]
  /** How many forms its page has. */
  readonly forms: number
}

const vitePreview = ['vite', 'preview', '--port', 'PORT', '--strictPort', '--host', '127.0.0.1']
const viteTemplate = (name: string): readonly string[] => [
  'create-vite@9.3.0',
  '--template',
  name,
  '--no-interactive',
]
const nextTemplate = 'create-next-app@16.4.3 --ts --app --no-eslint --no-tailwind --no-src-dir --use-npm'

const react = { overlay: 'react', scripts: ['build'], serve: vitePreview, forms: 2 }

/** The frameworks whose use docs/embedding.md describes. */
export const applications: readonly Application[] = [
  { ...react, name: 'react-19', template: viteTemplate('react-ts'), packages: [] },
  {
    ...react,
    name: 'react-18',
    template: viteTemplate('react-ts'),
    packages: ['react@18', 'react-dom@18', '@types/react@18', '@types/react-dom@18'],
    // React 18 sets no properties of elements.
    overlay: 'react-18',
    forms: 1,
  },
  {
    name: 'vue',
    template: viteTemplate('vue-ts'),
    overlay: 'vue',
    packages: [],
    scripts: ['build'],
    serve: vitePreview,
    forms: 1,
  },
  {
    name: 'svelte',
    template: viteTemplate('svelte-ts'),
    overlay: 'svelte',
    packages: [],
    scripts: ['check', 'build'],
    serve: vitePreview,
    forms: 1,
  },
  {
    name: 'next',
    template: [
      ...nextTemplate.split(' '),
      '--import-alias',
      '@/*',
      '--skip-install',
      '--disable-git',
      '--yes',
    ],
    overlay: 'next',
    packages: [],
    scripts: ['build'],
    serve: ['next', 'start', '--port', 'PORT', '--hostname', '127.0.0.1'],
    forms: 2,
  },
  {
    // Its own template is fetched from a repository; the overlay is the smallest application.
    name: 'astro',
    template: [],
    overlay: 'astro',
    packages: [],
    scripts: ['build'],
    serve: ['astro', 'preview', '--port', 'PORT', '--host', '127.0.0.1'],
    forms: 1,
  },
]
