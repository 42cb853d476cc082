import { brotliCompressSync } from 'node:zlib'
import { minify as minifyWithSwc } from '@swc/core'
import { type ESTree, minify, parseAst, type Plugin, Visitor } from 'vite'

/**
 * Minifies the modules for pages. What a second minifier finds saves 0.6 kB of the entry, after brotli. Which order of them
 * is the best depends on the file: to try three saves 0.3 kB of all files. In the entry, most of whose functions a form
 * calls at once, the functions of the top level are marked for that.
 */
export function minifyPages(): Plugin {
  return {
    name: 'minify-pages',
    // After the plugins that change the code.
    enforce: 'post',
    applyToEnvironment: ({ name }) => name === 'client',
    async renderChunk(code, { isEntry }) {
      const minified = await smallest([
        withOxc(code).then((once) => withSwc(once)),
        withSwc(code)
          .then(withOxc)
          .then((once) => withSwc(once)),
        withSwc(code, { sequences: 0 }).then((once) => withSwc(once, { sequences: 0 })),
      ])
      return isEntry ? markAsCalled(declareAsValues(minified)) : minified
    },
  }
}

async function withOxc(code: string): Promise<string> {
  return (await minify('chunk.js', code, { module: true })).code
}

async function withSwc(code: string, options: { readonly sequences?: number } = {}): Promise<string> {
  const minified = await minifyWithSwc(code, {
    module: true,
    compress: { passes: 4, ...options },
    mangle: true,
    ecma: 2021,
    format: { asciiOnly: true, comments: false },
  })
  return minified.code
}

/** The text of some that is the smallest after brotli. */
async function smallest(texts: readonly Promise<string>[]): Promise<string> {
  const sized = (await Promise.all(texts)).map((text) => ({ text, size: brotliCompressSync(text).length }))
  return sized.reduce((one, other) => (other.size < one.size ? other : one)).text
}

/**
 * Makes values of the functions that the top level declares, before everything else in the file, for only a value can be
 * marked: `function f() {}` becomes `var f = function () {}`. To be done last, for no minifier inlines such a value.
 */
function declareAsValues(code: string): string {
  const functions: string[] = []
  let rest = ''
  let end = 0
  for (const node of parseAst(code).body) {
    if (node.type !== 'FunctionDeclaration' || !node.id) continue
    const { id } = node
    functions.push(`${id.name}=${code.slice(node.start, id.start)}${code.slice(id.end, node.end)}`)
    rest += code.slice(end, node.start)
    end = node.end
  }
  return `var ${functions.join()};${rest}${code.slice(end)}`
}

/**
 * Puts the functions of the top level in parentheses. V8 takes these for a sign that a function is called at once, and
 * compiles it while the file comes in, beside the main thread. Any other function is read twice: for its end, and to be
 * compiled on the main thread once it is called. That delays a form on a phone by some 25 ms.
 */
function markAsCalled(code: string): string {
  const methods = new Set<number>()
  const marks: { readonly at: number; readonly mark: string }[] = []
  let depth = 0
  const enter = ({ start, end }: ESTree.Span): void => {
    if (depth === 0 && !methods.has(start)) marks.push({ at: start, mark: '(' }, { at: end, mark: ')' })
    depth += 1
  }
  const exit = (): void => {
    depth -= 1
  }
  new Visitor({
    MethodDefinition: ({ value }) => void methods.add(value.start),
    Property({ value, kind, method }) {
      if (method || kind !== 'init') methods.add(value.start)
    },
    FunctionExpression: enter,
    'FunctionExpression:exit': exit,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': exit,
  }).visit(parseAst(code))
  let marked = ''
  let end = 0
  for (const { at, mark } of marks) {
    marked += code.slice(end, at) + mark
    end = at
  }
  return marked + code.slice(end)
}
