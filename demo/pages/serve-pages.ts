import { readFile } from 'node:fs/promises'
import { type Context, Hono } from 'hono'
import { builtFolder } from './build-pages.ts'
import { createHostPages } from './serve-hosts.ts'
import { type EmbedMethod, isScenarioName, type Scenario, scenarios, strictPolicy } from './scenarios.ts'

const htmlFolder = new URL('html/', import.meta.url)
const staticFolder = new URL('static/', import.meta.url)
const contentTypes = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' } as const

/**
 * The pages with a form for every supported way to embed it, and a list of them. Mount it with `route('/pages', …)`.
 */
export function createPages(): Hono {
  const app = new Hono()
  app.get('/', (context) => {
    context.header('content-security-policy', strictPolicy)
    return context.html(
      renderPage(
        'Все способы встроить форму',
        'Каждая страница показывает один способ.',
        `${renderScenarioList()}<p><a href="/pages/hosts">Страницы, которые мешают формам</a></p>`,
      ),
    )
  })
  app.route('/hosts', createHostPages())
  app.get('/widget-0.1.0.js', async (context) =>
    context.body(Uint8Array.from(await readFile(new URL('widget-0.1.0.js.gz', staticFolder))), 200, {
      'content-type': contentTypes.js,
      'content-encoding': 'gzip',
    }),
  )
  app.get('/built/:file{[\\w.-]+\\.js}', (context) =>
    sendFile(context, new URL(context.req.param('file'), builtFolder)),
  )
  app.get('/:file{[\\w-]+\\.(?:js|css)}', (context) =>
    sendFile(context, new URL(context.req.param('file'), staticFolder)),
  )
  app.get('/:name', async (context) => {
    const { name } = context.req.param()
    if (!isScenarioName(name)) return context.notFound()
    const { title, description, methods, policy = strictPolicy }: Scenario = scenarios[name]
    const requested = context.req.query('method') === 'npm' ? 'npm' : 'script'
    const method = methods.includes(requested) ? requested : methods[0]
    const content = await readFile(new URL(`${name}.html`, htmlFolder), 'utf8')
    context.header('content-security-policy', policy)
    return context.html(renderPage(title, description, method === 'npm' ? toNpmPage(content) : content))
  })
  return app
}

/** Responds with a file, or with 404: scripts of built pages exist only after the build. */
async function sendFile(context: Context, url: URL): Promise<Response> {
  try {
    const type = url.pathname.endsWith('.css') ? contentTypes.css : contentTypes.js
    return context.body(await readFile(url, 'utf8'), 200, { 'content-type': type })
  } catch {
    return context.notFound()
  }
}

/** Wraps the content of a page's file, with an optional head, in a complete page. */
function renderPage(title: string, description: string, content: string): string {
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
<p>${description}</p>
${body.trim()}
</article>
</body>
</html>
`
}

function renderScenarioList(): string {
  const items = Object.entries(scenarios).map(([name, { title, description, methods }]) => {
    const links = methods.map((method: EmbedMethod) => {
      const path = `/pages/${name}${method === 'npm' && methods.length > 1 ? '?method=npm' : ''}`
      return `<a href="${path}">${method === 'npm' ? 'пакет npm' : 'скрипт'}</a>`
    })
    return `<li><b>${title}</b>: ${links.join(', ')}.<br>${description}</li>`
  })
  return `<ul>${items.join('\n')}</ul>`
}

/**
 * Rewrites a page for the landing page script into one that uses the npm package: `[data-anketa]` becomes
 * `<anketa-form>`, and the script becomes a module.
 */
export function toNpmPage(html: string): string {
  return html
    .replaceAll(/<div ((?:id="\w+" )?)data-anketa(.*?)>(.*?)<\/div>/gs, '<anketa-form $1$2>$3</anketa-form>')
    .replaceAll(
      /<script (?:async )?src="\/anketa\.js"><\/script>/g,
      '<script type="module" src="/pages/built/define.js"></script>',
    )
}
