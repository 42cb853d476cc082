import type { Plugin } from 'vite'

/**
 * Splits valibot's one file into the source files that it is made of. A bundler puts a module into one file as a whole,
 * so the entry would also have what only lazily loaded modules use (1.1 kB after brotli).
 */
export function splitValibot(): Plugin {
  const sources = new Map<string, string>()
  return {
    name: 'split-valibot',
    enforce: 'pre',
    resolveId: { filter: { id: /\?valibot=/ }, handler: (id) => id },
    load: {
      filter: { id: /\?valibot=/ },
      handler: (id) => ({ code: sources.get(id) ?? '', moduleSideEffects: false }),
    },
    transform: {
      filter: { id: /\/valibot\/dist\/index\.mjs$/ },
      handler(code, file) {
        const files = Array.from(
          code.matchAll(/^\/\/#region (\S+)\n(.*?)^\/\/#endregion$/gms),
          ([, path, text = '']) => ({ id: `${file}?valibot=${path}`, text, names: declaredNames(text) }),
        )
        const [, exports] = /^export \{ (.*) \};$/m.exec(code) ?? []
        if (files.length === 0 || !exports) this.error('valibot: expected a region for each source file')
        const idOf = new Map(files.flatMap(({ id, names }) => names.map((name) => [name, id])))
        for (const { id, text, names } of files) {
          const words = [...new Set(text.match(/[\w$]+/g))].filter((word) => idOf.has(word))
          const imported = words.filter((word) => idOf.get(word) !== id)
          const imports = imported.map((name) => `import { ${name} } from '${idOf.get(name)}'`)
          sources.set(id, [...imports, text, `export { ${names.join()} }`].join('\n'))
        }
        // Such as `string` and `null_ as null`.
        const entries = exports
          .split(', ')
          .map((entry) => ({ entry, id: idOf.get(entry.split(' ')[0] ?? '') }))
        return {
          code: entries.map(({ entry, id }) => `export { ${entry} } from '${id}'`).join('\n'),
          map: null,
        }
      },
    },
  }
}

/** The names that a source file declares at its top level. */
function declaredNames(text: string): string[] {
  return Array.from(
    text.matchAll(/^(?:const|let|var|(?:async )?function\*?) ([\w$]+)/gm),
    ([, name = '']) => name,
  )
}
