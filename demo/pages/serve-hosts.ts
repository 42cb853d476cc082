import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { hosts, type HostSpec, libraryFiles } from './hosts.ts'

const htmlFolder = new URL('html/hosts/', import.meta.url)
const packagesFolder = new URL('../../node_modules/', import.meta.url)

/** What the pages have in place of `<!-- form -->`, and of `<!-- container -->` where the script comes by itself. */
function replaceMarks(html: string, attributes: string, origin: string): string {
  const container = (source: string): string =>
    `<div data-anketa ${source} ${attributes}>8 800 000-00-00</div>`
  return html
    .replaceAll('{origin}', origin)
    .replace('<!-- container -->', container('data-relay="/forms/callback"'))
    .replace(
      '<!-- form -->',
      `${container('')}<script type="module" async src="/forms/callback/form.js"></script>`,
    )
}

/** The pages that are hard on forms, and a list of them. With `?shadow=false` the form is in the page itself. */
export function createHostPages(): Hono {
  const app = new Hono()
  app.get('/', (context) => context.html(renderList()))
  app.get('/lib/:file', async (context) => {
    const { file } = context.req.param()
    if (!isKey(libraryFiles, file)) return context.notFound()
    const type = file.endsWith('.css') ? 'text/css' : 'text/javascript'
    const body = await readFile(new URL(libraryFiles[file], packagesFolder), 'utf8')
    return context.body(body, 200, { 'content-type': `${type}; charset=utf-8` })
  })
  app.get('/:name', async (context) => {
    const { name } = context.req.param()
    if (!isKey(hosts, name)) return context.notFound()
    const { encoding = 'utf-8' }: HostSpec = hosts[name]
    const attributes = context.req.query('shadow') === 'false' ? 'data-shadow="false"' : ''
    const source = await readFile(new URL(`${name}.html`, htmlFolder), 'utf8')
    const html = replaceMarks(source, attributes, new URL(context.req.url).origin)
    const body = encoding === 'windows-1251' ? encodeWindows1251(html) : new TextEncoder().encode(html)
    return context.body(body, 200, {
      'content-type': encoding === 'utf-8' ? 'text/html; charset=utf-8' : 'text/html',
    })
  })
  return app
}

function renderList(): string {
  const items = Object.entries(hosts).map(
    ([name, { title, description }]) =>
      `<li><a href="/pages/hosts/${name}">${title}</a>, <a href="/pages/hosts/${name}?shadow=false">без теневого дерева</a>.<br>${description}</li>`,
  )
  return `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Трудные страницы</title>
<link rel="stylesheet" href="/landing.css"><article class="document"><h1>Трудные страницы</h1><ul>${items.join('\n')}</ul></article>`
}

/** Writes a text in windows-1251. Its Russian letters have the same order as in Unicode, except ё. */
export function encodeWindows1251(text: string): Uint8Array<ArrayBuffer> {
  const others: Readonly<Record<string, number>> = { Ё: 0xa8, ё: 0xb8, '«': 0xab, '»': 0xbb, '—': 0x97 }
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0)
    return others[letter] ?? (code >= 0x410 && code <= 0x44f ? code - 0x350 : code)
  })
}

function isKey<Table extends object>(table: Table, key: string): key is keyof Table & string {
  return Object.hasOwn(table, key)
}
