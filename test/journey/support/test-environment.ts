import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { type Demo, type DemoOptions, startDemo } from '../../../demo/demo.ts'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { connectBrowser } from '../../support/connect-browser.ts'
import { type SandboxProcess, startSandbox } from './sandbox-process.ts'

/** A landing page with its relay, the provider's sandbox in another process, and a browser. */
export interface TestEnvironment {
  readonly sandbox: SandboxProcess
  readonly browser: Browser
  readonly folder: string
  demo(): Demo
  /** Stops the relay and starts it again on the same folder and port, with another widget if one is given. */
  restart(changes?: Pick<DemoOptions, 'widgetFile'>): Promise<void>
  close(): Promise<void>
}

/** Options of a test environment. */
export interface TestEnvironmentOptions extends Pick<DemoOptions, 'clock' | 'adminToken' | 'widgetFile'> {
  /** Switches of the sandbox, set before the relay starts. */
  readonly switches?: Readonly<Record<string, unknown>>
}

/** Starts a test environment with a database folder of its own. */
export async function startTestEnvironment({
  switches = {},
  ...options
}: TestEnvironmentOptions = {}): Promise<TestEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'anketa-journey-'))
  const [sandbox, browser] = await Promise.all([
    startSandbox(),
    connectBrowser(),
    copyDatabaseTemplate(folder),
  ])
  await sandbox.switch(switches)
  const start = (port: number, changes = {}): Promise<Demo> =>
    startDemo({ port, folder, devtekUrl: sandbox.url, ...options, ...changes })
  let demo = await start(0)
  return {
    sandbox,
    browser,
    folder,
    demo: () => demo,
    async restart(changes) {
      await demo.close()
      demo = await start(Number(new URL(demo.url).port), changes)
    },
    async close() {
      await browser.close()
      await demo.close()
      sandbox.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
