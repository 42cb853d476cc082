import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { type Demo, type DemoOptions, startDemo } from '../../../demo/demo.ts'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { connectBrowser } from '../../support/connect-browser.ts'
import { type SandboxProcess, startSandbox } from './sandbox-process.ts'

/** A landing page with its relay, and the provider's sandbox in another process. */
export interface TestServers {
  readonly sandbox: SandboxProcess
  readonly folder: string
  demo(): Demo
  /** Stops the relay and starts it again on the same folder and port, with another widget if one is given. */
  restart(changes?: Pick<DemoOptions, 'widgetFile'>): Promise<void>
  close(): Promise<void>
}

/** The servers and a browser. */
export interface TestEnvironment extends TestServers {
  readonly browser: Browser
}

/** Options of a test environment. */
export interface TestEnvironmentOptions extends Pick<
  DemoOptions,
  'clock' | 'adminToken' | 'users' | 'widgetFile' | 'statistics'
> {
  /** Switches of the sandbox, set before the relay starts. */
  readonly switches?: Readonly<Record<string, unknown>>
}

/** Starts the servers and connects to the browser that the journeys share. */
export async function startTestEnvironment(options?: TestEnvironmentOptions): Promise<TestEnvironment> {
  const [browser, servers] = await Promise.all([connectBrowser(), startTestServers(options)])
  return {
    ...servers,
    browser,
    async close() {
      await browser.close()
      await servers.close()
    },
  }
}

/** Starts the servers with a database folder of their own. */
export async function startTestServers({
  switches = {},
  // Without, so that journeys see the requests that the form needs.
  statistics = false,
  ...options
}: TestEnvironmentOptions = {}): Promise<TestServers> {
  const folder = await mkdtemp(join(tmpdir(), 'anketa-journey-'))
  const [sandbox] = await Promise.all([startSandbox(), copyDatabaseTemplate(folder)])
  await sandbox.switch(switches)
  const start = (port: number, changes = {}): Promise<Demo> =>
    startDemo({ port, folder, devtekUrl: sandbox.url, statistics, ...options, ...changes })
  let demo = await start(0)
  return {
    sandbox,
    folder,
    demo: () => demo,
    async restart(changes) {
      await demo.close()
      demo = await start(Number(new URL(demo.url).port), changes)
    },
    async close() {
      await demo.close()
      sandbox.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
