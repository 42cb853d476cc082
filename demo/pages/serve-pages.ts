import { readFile } from 'node:fs/promises'
import { type Context, Hono } from 'hono'
import { builtFolder } from './build-pages.ts'
import { type EmbedMethod, isScenarioName, type Scenario, scenarios, strictPolicy } from './scenarios.ts'

const htmlFolder = new URL('html/', import.meta.url)
const staticFolder = new URL('static/', import.meta.url)
const contentTypes = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' } as const

/** The pages that have a form in every supported way, and a list of them; mount with `route('/pages', …)`. */
export function createPages(): Hono {
  const app = new Hono()
  app.get('/', (context) => {
    context.header('content-security-policy', strictPolicy)
    return context.html(
      renderPageAround(
        'Все способы встроить форму',
        'Каждая страница показывает один способ.',
        renderScenarioList(),
      ),
    )
  })
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
    const asked = context.req.query('method') === 'npm' ? 'npm' : 'script'
    const method = methods.includes(asked) ? asked : methods[0]
    const content = await readFile(new URL(`${name}.html`, htmlFolder), 'utf8')
    context.header('content-security-policy', policy)
    return context.html(renderPageAround(title, description, method === 'npm' ? toNpmPage(content) : content))
  })
  return app
}

/** Answers with a file, or that there is none: pages that are built are there once they have been built. */
async function sendFile(context: Context, url: URL): Promise<Response> {
  try {
    const type = url.pathname.endsWith('.css') ? contentTypes.css : contentTypes.js
    return context.body(await readFile(url, 'utf8'), 200, { 'content-type': type })
  } catch {
    return context.notFound()
  }
}

/** A page around what its file has for the head and for the body. */
function renderPageAround(title: string, about: string, content: string): string {
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
 * A page that is written for the landing page script, as one that has built the npm package into its own:
 * `<anketa-form>` stands where `[data-anketa]` was, and a module where the script was.
 */
export function toNpmPage(html: string): string {
  return html
    .replaceAll(/<div ((?:id="\w+" )?)data-anketa(.*?)>(.*?)<\/div>/gs, '<anketa-form $1$2>$3</anketa-form>')
    .replaceAll(
      /<script (?:async )?src="\/anketa\.js"><\/script>/g,
      '<script type="module" src="/pages/built/define.js"></script>',
    )
}
