import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from '../../support/chromium.ts'
import type { EngineName } from './engine.ts'
import { firefoxProgram } from './firefox-engine.ts'

/** An engine of this machine. */
export interface InstalledEngine {
  readonly name: EngineName
  /** As its program prints it; `undefined` where it is not installed. */
  readonly version: string | undefined
}

/** How to install an engine. */
export const installCommands: Readonly<Record<EngineName, string>> = {
  chromium: 'npm ci',
  firefox: 'apt-get install firefox-esr',
  webkit: 'apt-get install wpewebkit-driver cog',
}

/** Asks each engine for its version. */
export async function findEngines(): Promise<readonly InstalledEngine[]> {
  const { executablePath = chromium.executablePath(), env } = await chromiumLaunchOptions()
  const [chromiumVersion, firefoxVersion, webkitVersion, driver] = await Promise.all([
    readOutput(executablePath, '--version', env),
    readOutput(firefoxProgram, '--version'),
    readOutput('cog', '--version'),
    // It has no option for its version.
    readOutput('WPEWebDriver', '--help'),
  ])
  return [
    { name: 'chromium', version: chromiumVersion },
    { name: 'firefox', version: firefoxVersion },
    { name: 'webkit', version: driver === undefined ? undefined : webkitVersion },
  ]
}

async function readOutput(program: string, option: string, env: object = {}): Promise<string | undefined> {
  try {
    const options = { timeout: 20_000, env: { ...process.env, ...env } }
    const { stdout } = await promisify(execFile)(program, [option], options)
    return stdout.trim()
  } catch {
    return undefined
  }
}
