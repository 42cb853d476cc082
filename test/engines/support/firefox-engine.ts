import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BidiConnection, connectBidi } from './bidi-connection.ts'
import type { Engine } from './engine.ts'
import { clickActions, pressActions, typeActions } from './key-actions.ts'
import { parseValue, toJson } from './page-script.ts'

/** Nothing is asked, reported or fetched, and a window without the focus of the desktop sends the events of focus. */
const preferences = {
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'focusmanager.testmode': true,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
}

/** The program of Firefox: Debian's name, or the path in `FIREFOX_PATH`. */
export const firefoxProgram = process.env['FIREFOX_PATH'] ?? 'firefox-esr'

/** An answer to `script.evaluate`. */
type Evaluation =
  | { readonly result: { readonly value?: unknown } }
  | { readonly exceptionDetails: { readonly text: string } }

/** Starts Firefox without a window, and drives it through WebDriver BiDi. */
export async function startFirefox(): Promise<Engine> {
  const profile = await mkdtemp(join(tmpdir(), 'anketa-firefox-'))
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  )
  await writeFile(join(profile, 'user.js'), lines.join('\n'))
  const options = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0']
  const browser = spawn(firefoxProgram, options, { stdio: ['ignore', 'ignore', 'pipe'] })
  process.once('exit', () => browser.kill())
  const bidi = await connectBidi(`${await readAddress(browser)}/session`)
  await bidi.send('session.new', { capabilities: {} })
  const context = await openTab(bidi)
  const perform = async (actions: readonly object[]): Promise<void> => {
    await bidi.send('input.performActions', { context, actions })
  }
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await perform(pressActions(key))
  }
  return {
    async open(url) {
      await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' })
    },
    async evaluate(expression) {
      const answer = await bidi.send<Evaluation>('script.evaluate', {
        expression: toJson(expression),
        target: { context },
        awaitPromise: false,
        userActivation: true,
      })
      if ('exceptionDetails' in answer) throw new Error(`in the page: ${answer.exceptionDetails.text}`)
      return parseValue(answer.result.value)
    },
    type: (text) => perform(typeActions(text)),
    press,
    clickAt: (x, y) => perform(clickActions(x, y)),
    undo: () => press('Control+z'),
    async close() {
      const exit = once(browser, 'exit')
      await bidi.send('browser.close', {})
      await exit
      bidi.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

/** The address that Firefox prints once it listens. */
async function readAddress(
  browser: ChildProcess & { readonly stderr: NodeJS.ReadableStream },
): Promise<string> {
  const output: string[] = []
  return new Promise((resolve, reject) => {
    createInterface(browser.stderr).on('line', (line) => {
      output.push(line)
      const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? []
      if (address) resolve(address)
    })
    browser.once('error', reject)
    browser.once('exit', (code) => reject(new Error(`Firefox ended with code ${code}: ${output.join('\n')}`)))
  })
}

/** In the first tab of a window without a desktop no event of focus occurs. In a tab that is opened later they do. */
async function openTab({ send }: BidiConnection): Promise<string> {
  const tree = await send<{ readonly contexts: readonly { readonly context: string }[] }>(
    'browsingContext.getTree',
    {},
  )
  const { context } = await send<{ readonly context: string }>('browsingContext.create', { type: 'tab' })
  for (const { context: first } of tree.contexts) await send('browsingContext.close', { context: first })
  await send('browsingContext.activate', { context })
  await send('browsingContext.setViewport', { context, viewport: { width: 800, height: 900 } })
  return context
}
