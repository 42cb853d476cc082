import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

const children = new Set<ReturnType<typeof start>>()
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
})

function start(...args: readonly string[]) {
  const path = fileURLToPath(new URL('../../../demo/sandbox/serve.ts', import.meta.url))
  return spawn(process.execPath, [path, '--port', '0', ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
}

it.each([
  ['SIGTERM', (child: ReturnType<typeof start>) => child.kill('SIGTERM')],
  ['the end of its stdin', (child: ReturnType<typeof start>) => child.stdin.end()],
])('prints its address, and stops at %s', async (_, stop) => {
  const child = start()
  children.add(child)
  const [line] = await once(child.stdout, 'data')
  const [, url] = /^\{"url":"(http:\/\/127\.0\.0\.1:\d+)"\}\n$/.exec(String(line)) ?? []
  expect((await fetch(`${url}/received`)).status).toBe(200)
  stop(child)
  expect((await once(child, 'exit'))[0]).toBe(0)
})

it.each(['devtek', 'admitad', 'lotinfo', 'fivecrm'])('simulates %s', async (provider) => {
  const child = start('--provider', provider)
  children.add(child)
  const [line] = await once(child.stdout, 'data')
  const { url }: { url: string } = JSON.parse(String(line))
  const page = await (await fetch(url)).text()
  expect(page.toLowerCase().replace('5crm', 'fivecrm')).toContain(`<title>песочница ${provider}</title>`)
})
