import { chromium } from 'playwright'
import type { TestProject } from 'vitest/node'
import { chromiumLaunchOptions } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** WebSocket address of the browser that the journeys share. */
    browserServer: string
  }
}

/** Vitest calls this once, before the journeys. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await chromium.launchServer({ ...(await chromiumLaunchOptions()), host: '127.0.0.1' })
  project.provide('browserServer', server.wsEndpoint())
  return () => server.close()
}
