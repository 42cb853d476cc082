import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from './engine.ts'
import { clickActions, pressActions, typeActions } from './key-actions.ts'
import { parseValue, toJson } from './page-script.ts'

/** Cog shows pages with WPE WebKit, here without a display. */
const browserOptions = { binary: '/usr/bin/cog', args: ['--automation', '--platform=headless'] }

/** Starts WPE WebKit, and drives it through WebDriver. */
export async function startWebKit(): Promise<Engine> {
  const port = await findFreePort()
  const driver = spawn('WPEWebDriver', [`--port=${port}`], { stdio: 'ignore' })
  process.once('exit', () => driver.kill())
  const send = async <Value>(method: string, path: string, body?: object): Promise<Value> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const { value } = await response.json()
    if (value?.error) throw new Error(`${value.error}: ${value.message}`)
    return value
  }
  await waitUntilReady(() => send('GET', '/status'))
  const capabilities = { alwaysMatch: { 'wpe:browserOptions': browserOptions } }
  const { sessionId } = await send<{ readonly sessionId: string }>('POST', '/session', { capabilities })
  const post = (command: string, body: object) => send('POST', `/session/${sessionId}/${command}`, body)
  const perform = async (actions: readonly object[]): Promise<void> => {
    await post('actions', { actions })
  }
  const evaluate: Engine['evaluate'] = async (expression) =>
    parseValue(await post('execute/sync', { script: `return ${toJson(expression)}`, args: [] }))
  return {
    async open(url) {
      await post('url', { url })
    },
    evaluate,
    type: (text) => perform(typeActions(text)),
    async press(...keys) {
      for (const key of keys) await perform(pressActions(key))
    },
    clickAt: (x, y) => perform(clickActions(x, y)),
    undo: undefined,
    async close() {
      const exit = once(driver, 'exit')
      await send('DELETE', `/session/${sessionId}`)
      driver.kill()
      await exit
    },
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function waitUntilReady(ask: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      await ask()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await pause(50)
    }
  }
}
