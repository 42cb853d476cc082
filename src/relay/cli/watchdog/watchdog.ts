import { Worker } from 'node:worker_threads'
import { beatsIndex, longWorkIndex, threadUrl, type WatchdogThreadData } from './thread.ts'

/** Ends the process when its event loop stands still. */
export interface Watchdog {
  /** Begins to watch. */
  start(): void
  /** Runs work that may keep the event loop busy for longer than the limit; meanwhile the process is not ended. */
  during<Result>(work: () => Promise<Result>): Promise<Result>
  stop(): Promise<void>
}

/** Options of {@link createWatchdog}. */
export interface WatchdogOptions {
  /** How long the event loop may stand still, in milliseconds; a minute by default. */
  readonly limitMs?: number
}

/**
 * Creates a watchdog, which watches this process's event loop from another thread. When it has not run for the limit, a
 * line is written to stderr and the process gets SIGKILL: what has started the relay (systemd, a container) starts it again.
 */
export function createWatchdog({ limitMs = 60_000 }: WatchdogOptions = {}): Watchdog {
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
  const state = new Int32Array(shared)
  let thread: Worker | undefined
  let beats: NodeJS.Timeout | undefined
  return {
    start() {
      const workerData: WatchdogThreadData = { anketaWatchdog: { shared, limitMs } }
      thread = new Worker(new URL(threadUrl), { workerData, name: 'watchdog', execArgv: [] })
      beats = setInterval(() => Atomics.add(state, beatsIndex, 1), Math.min(1000, limitMs / 20))
      // Neither the thread nor the beats keep a process running that has nothing left to do.
      thread.unref()
      beats.unref()
    },
    async during(work) {
      Atomics.add(state, longWorkIndex, 1)
      try {
        return await work()
      } finally {
        Atomics.sub(state, longWorkIndex, 1)
      }
    },
    async stop() {
      clearInterval(beats)
      await thread?.terminate()
    },
  }
}
