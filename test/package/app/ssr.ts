// Runs as on a server that renders pages: imports everything, renders the form's container and checks the globals.
import { createElement } from 'preact'
import { renderToString } from 'preact-render-to-string'

const before = Object.keys(globalThis)
const names = ['anketa', 'anketa/define', 'anketa/preact', 'anketa/providers/devtek', 'anketa/testing']
const modules = await Promise.all(
  names.map(async (name): Promise<object> => {
    const module: object = await import(name)
    return module
  }),
)

const { LoanForm } = await import('anketa/preact')
console.log(
  JSON.stringify({
    exports: Object.fromEntries(names.map((name, index) => [name, Object.keys(modules[index] ?? {})])),
    globals: Object.keys(globalThis).filter((name) => !before.includes(name)),
    html: renderToString(createElement(LoanForm, { relay: '/forms/main' })),
  }),
)
