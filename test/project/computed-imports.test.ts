import { glob, readFile } from 'node:fs/promises'
import { parseSync } from 'vite'
import { expect, it } from 'vitest'

/** Load files from addresses that only the page knows. */
const exempt = ['form', 'load-file', 'loader'].map((name) => `src/embed/script/${name}.ts`)

// The layer table of dependency-cruiser.config.ts cannot see what such an import loads.
it('src imports no module by a computed address', async () => {
  const files = await Array.fromAsync(glob('src/**/*.{ts,tsx}', { exclude: exempt }))
  expect(files.length).toBeGreaterThan(100)
  const computed = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8')
      const { module, errors } = parseSync(file, text)
      if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join(', ')}`)
      return module.dynamicImports
        .filter(({ moduleRequest: { start, end } }) => !/^(['"`])[^$]*\1$/.test(text.slice(start, end)))
        .map(({ start }) => `${file}:${text.slice(0, start).split('\n').length}`)
    }),
  )
  expect(computed.flat()).toEqual([])
})
