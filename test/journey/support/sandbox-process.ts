import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A request as the sandbox received it. */
export interface ReceivedLeadRequest {
  readonly path: string
  readonly rawBody: string
  readonly status: number | null
  readonly rawAnswer: string | null
}

/** The Devtek sandbox in a separate process. */
export interface SandboxProcess {
  readonly url: string
  /** The received leads. Requests for the lists of places, which the relay sends at any time, are left out. */
  received(): Promise<readonly ReceivedLeadRequest[]>
  /** Waits until at least `count` leads have been received. */
  waitFor(count: number, timeoutMs?: number): Promise<readonly ReceivedLeadRequest[]>
  switch(change: Readonly<Record<string, unknown>>): Promise<void>
  clear(): Promise<void>
  stop(): void
}

/** Starts the sandbox. It stops with `stop()` or with this process. */
export async function startSandbox(): Promise<SandboxProcess> {
  const child = spawn(process.execPath, ['demo/sandbox/serve.ts', '--port', '0'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the sandbox ended with code ${code}`)))
  })
  const { url }: { url: string } = JSON.parse(line)

  const received = async (): Promise<readonly ReceivedLeadRequest[]> => {
    const response = await fetch(`${url}/received`)
    const list: readonly ReceivedLeadRequest[] = await response.json()
    return list.filter(({ path }) => path === '/new-lead/')
  }
  const call = async (path: string, method: string, body?: unknown): Promise<void> => {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!response.ok)
      throw new Error(`sandbox: ${method} ${path} answered ${response.status} ${await response.text()}`)
  }
  return {
    url,
    received,
    async waitFor(count, timeoutMs = 10_000) {
      const deadline = Date.now() + timeoutMs
      for (;;) {
        const list = await received()
        if (list.length >= count) return list
        if (Date.now() > deadline)
          throw new Error(`the sandbox received ${list.length} requests, expected ${count}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    switch: (change) => call('/switches', 'PUT', change),
    clear: () => call('/received', 'DELETE'),
    stop: () => child.kill(),
  }
}
