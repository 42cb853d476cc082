import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('relay-process.ts', import.meta.url))

/** A relay in a process of its own. */
export interface RelayProcess {
  readonly url: string
  /** Ends the process as `kill -9` does. */
  kill(): Promise<void>
}

/** Options of a relay in a process of its own. */
export interface RelayProcessOptions {
  readonly answerWithinSeconds?: number
  /** The address of receivers of messages. */
  readonly receivers?: string
  /** What notifications tell of. */
  readonly events?: readonly string[]
}

/** Starts a relay in a process of its own, with two lenders at an address. */
export async function startRelayProcess(
  database: string,
  lenders: string,
  { answerWithinSeconds = 0.1, receivers = '', events = [] }: RelayProcessOptions = {},
): Promise<RelayProcess> {
  const child = spawn(
    process.execPath,
    [script, database, lenders, String(answerWithinSeconds), receivers, events.join()],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  )
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { readonly url: string }) => resolve(message.url))
    child.once('exit', (code) => reject(new Error(`the relay ended with code ${code}`)))
  })
  return { url, kill: () => kill(child) }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
