import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { env, formEntry, type InventedLead, wideLimits } from '../invented.ts'

/** The command `anketa-relay` in a process of its own. */
export interface RelayProcess {
  readonly child: ChildProcess
  readonly exited: Promise<{ readonly code: unknown; readonly signal: unknown }>
  /** The lines of the log so far. */
  readonly lines: readonly string[]
  /** Waits for a line that contains a text. Rejects if the process ends before. */
  logged(text: string): Promise<string>
  /** The address, once it listens. */
  address(): Promise<string>
}

/** Starts a relay whose configuration is written into `folder`. Its database is in `data` of that folder unless given. */
export async function spawnRelay(
  folder: string,
  config: Readonly<Record<string, unknown>> = {},
  nodeOptions: readonly string[] = [],
): Promise<RelayProcess> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'anketa.relay.json')
  const form = { ...formEntry(), answerWithinSeconds: 0 }
  await writeFile(
    file,
    JSON.stringify({ port: 0, host: '127.0.0.1', limits: wideLimits, forms: { main: form }, ...config }),
  )
  const child = spawn(process.execPath, [...nodeOptions, 'src/relay/cli/bin.ts', '--config', file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit').then(([code, signal]: unknown[]) => ({ code, signal }))
  const lines: string[] = []
  const waiting = new Map<string, (line: string) => void>()
  const onLine = (line: string): void => {
    lines.push(line)
    for (const [text, resolve] of waiting) if (line.includes(text)) resolve(line)
  }
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine)
  const logged = (text: string): Promise<string> =>
    Promise.race([
      new Promise<string>((resolve) => {
        waiting.set(text, resolve)
        const found = lines.find((line) => line.includes(text))
        if (found !== undefined) resolve(found)
      }),
      exited.then((exit) => {
        throw new Error(`the relay ended without "${text}": ${JSON.stringify(exit)}\n${lines.join('\n')}`)
      }),
    ])
  return {
    child,
    exited,
    lines,
    logged,
    address: async () => `http://127.0.0.1:${/port=(\d+)/.exec(await logged('Ready'))?.[1]}`,
  }
}

/** Posts a lead by HTTP; returns the response, or `undefined` if the connection broke. */
export async function postByHttp(address: string, lead: InventedLead): Promise<Response | undefined> {
  try {
    return await fetch(`${address}/forms/main/leads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lead),
    })
  } catch {
    return undefined
  }
}
