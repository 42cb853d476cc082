import type { Page } from 'playwright'

/** The console messages and uncaught exceptions of a page so far. */
export interface PageMonitor {
  /** `warning: …` with the type of the message, and `uncaught: …` for exceptions. */
  readonly consoleMessages: readonly string[]
  readonly exceptions: readonly string[]
}

/** Collects the console messages and uncaught exceptions of a page. Call it before the page loads. */
export function monitorPage(page: Page): PageMonitor {
  const consoleMessages: string[] = []
  const exceptions: string[] = []
  page.on('console', (message) => consoleMessages.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', ({ message }) => {
    exceptions.push(message)
    consoleMessages.push(`uncaught: ${message}`)
  })
  return { consoleMessages, exceptions }
}

/** Collects the violations of a page's content security policy, from before its first script. */
export async function monitorPolicy(page: Page): Promise<readonly string[]> {
  const violations: string[] = []
  await page.exposeFunction('reportViolation', (violation: string) => violations.push(violation))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(window, 'reportViolation')
      if (typeof report === 'function')
        report(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  return violations
}
