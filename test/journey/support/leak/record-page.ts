import type { BrowserContext, Page } from 'playwright'
import type { EvidenceLog } from './evidence.ts'

const script = new URL('in-page.js', import.meta.url)

/** A context whose pages are recorded. */
export interface RecordedContext {
  /** The origins that any page has sent a request to. */
  readonly origins: ReadonlySet<string>
  /** The workers that a page has started. */
  readonly workers: readonly string[]
  /** Records what the browser keeps of a page now. */
  recordKept(page: Page): Promise<void>
}

/** Records everything that pages of a context send, write, print and keep. */
export async function recordContext(
  context: BrowserContext,
  { record }: EvidenceLog,
): Promise<RecordedContext> {
  const origins = new Set<string>()
  const workers: string[] = []
  await context.exposeFunction('recordInPage', record)
  await context.addInitScript({ path: script.pathname })
  context.on('request', (request) => {
    const { origin } = new URL(request.url())
    if (origin !== 'null') origins.add(origin)
    record('request address', request.method(), request.url())
    const where = `${request.method()} ${request.url().replace(/[?#].*$/, '')}`
    record('request headers', where, JSON.stringify(request.headers()))
    record('request body', where, request.postData() ?? '')
  })
  context.on('serviceworker', (worker) => workers.push(worker.url()))
  context.on('console', (message) => record('console', message.type(), message.text()))
  context.on('weberror', (error) => record('exception', 'page', String(error.error().stack)))
  context.on('page', (page) => {
    page.on('worker', (worker) => workers.push(worker.url()))
    page.on('websocket', (socket) => {
      origins.add(new URL(socket.url()).origin)
      socket.on('framesent', ({ payload }) => record('message', socket.url(), String(payload)))
    })
    page.on('framenavigated', (frame) => record('history', 'navigation', frame.url()))
    page.on('dialog', (dialog) => {
      record('text', 'dialog', dialog.message())
      void dialog.accept()
    })
  })
  return {
    origins,
    workers,
    async recordKept(page) {
      await page.evaluate('recordKept()')
      for (const { name, value } of await context.cookies()) record('cookie', name, value)
    },
  }
}
