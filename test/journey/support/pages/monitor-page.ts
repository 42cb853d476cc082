import type { Page } from 'playwright'

/** Faults of a page: violations of its policy, exceptions, and messages of its console. */
export interface PageMonitor {
  readonly violations: readonly string[]
  readonly exceptions: readonly string[]
  readonly consoleMessages: readonly string[]
}

/** Collects the faults of a page, from before its first script. */
export async function monitorPage(page: Page): Promise<PageMonitor> {
  const violations: string[] = []
  const exceptions: string[] = []
  const consoleMessages: string[] = []
  page.on('console', (message) => consoleMessages.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => exceptions.push(error.message))
  await page.exposeFunction('tellViolation', (what: string) => violations.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell: unknown = Reflect.get(window, 'tellViolation')
      if (typeof tell === 'function')
        tell(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  return { violations, exceptions, consoleMessages }
}
