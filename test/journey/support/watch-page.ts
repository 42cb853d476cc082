import type { Page } from 'playwright'

/** What a page complained of: violations of its policy, uncaught exceptions, and what stands on its console. */
export interface PageWatch {
  readonly violations: readonly string[]
  readonly uncaught: readonly string[]
  readonly said: readonly string[]
}

/** Collects a page's complaints from before its first script on. */
export async function watchPage(page: Page): Promise<PageWatch> {
  const violations: string[] = []
  const uncaught: string[] = []
  const said: string[] = []
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => uncaught.push(error.message))
  await page.exposeFunction('tellViolation', (what: string) => violations.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell: unknown = Reflect.get(window, 'tellViolation')
      if (typeof tell === 'function')
        tell(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  return { violations, uncaught, said }
}
