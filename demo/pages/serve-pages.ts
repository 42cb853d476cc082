import { readFile } from 'node:fs/promises'
import { type Context, Hono } from 'hono'
import { builtFolder } from './build-pages.ts'
import { throughNpm } from './through-npm.ts'
import { type Door, isScenarioName, type Scenario, scenarios, strictPolicy } from './scenarios.ts'

const here = new URL('./', import.meta.url)
const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' } as const

/** The pages that have a form in every supported way, and a list of them; mount with `route('/pages', …)`. */
export function createPages(): Hono {
  const app = new Hono()
  app.get('/', (context) => {
    context.header('content-security-policy', strictPolicy)
    return context.html(wrap('Все способы встроить форму', 'Каждая страница показывает один способ.', list()))
  })
  app.get('/widget-0.1.0.js', async (context) =>
    context.body(Uint8Array.from(await readFile(new URL('widget-0.1.0.js.gz', here))), 200, {
      'content-type': types.js,
      'content-encoding': 'gzip',
    }),
  )
  app.get('/built/:file{[\\w.-]+\\.js}', (context) =>
    file(context, new URL(context.req.param('file'), builtFolder)),
  )
  app.get('/:file{[\\w-]+\\.(?:js|css)}', (context) =>
    file(context, new URL(context.req.param('file'), here)),
  )
  app.get('/:name', async (context) => {
    const { name } = context.req.param()
    if (!isScenarioName(name)) return context.notFound()
    const { title, about, doors, policy = strictPolicy }: Scenario = scenarios[name]
    const asked = context.req.query('door') === 'npm' ? 'npm' : 'script'
    const door = doors.includes(asked) ? asked : doors[0]
    const content = await readFile(new URL(`${name}.html`, here), 'utf8')
    context.header('content-security-policy', policy)
    return context.html(wrap(title, about, door === 'npm' ? throughNpm(content) : content))
  })
  return app
}

/** Answers with a file, or that there is none: pages that are built are there once they have been built. */
async function file(context: Context, url: URL): Promise<Response> {
  try {
    const type = url.pathname.endsWith('.css') ? types.css : types.js
    return context.body(await readFile(url, 'utf8'), 200, { 'content-type': type })
  } catch {
    return context.notFound()
  }
}

/** A page around what its file has for the head and for the body. */
function wrap(title: string, about: string, content: string): string {
  const [, head = '', body = content] = /^<head>(.*?)<\/head>(.*)$/s.exec(content) ?? []
  return `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/landing.css">
${head.trim()}
</head>
<body>
<article class="document">
<h1>${title}</h1>
<p>${about}</p>
${body.trim()}
</article>
</body>
</html>
`
}

function list(): string {
  const items = Object.entries(scenarios).map(([name, { title, about, doors }]) => {
    const links = doors.map((door: Door) => {
      const path = `/pages/${name}${door === 'npm' && doors.length > 1 ? '?door=npm' : ''}`
      return `<a href="${path}">${door === 'npm' ? 'пакет npm' : 'скрипт'}</a>`
    })
    return `<li><b>${title}</b>: ${links.join(', ')}.<br>${about}</li>`
  })
  return `<ul>${items.join('\n')}</ul>`
}
