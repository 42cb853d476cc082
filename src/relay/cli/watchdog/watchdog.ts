import { Worker } from 'node:worker_threads'
import { beatsIndex, longWorkIndex, threadUrl, type WatchdogThreadData } from './thread.ts'

/** Ends the process when its event loop stands still. */
export interface Watchdog {
  /** Runs work that may keep the event loop busy for longer than the limit; meanwhile the process is not ended. */
  during<Result>(work: () => Promise<Result>): Promise<Result>
  stop(): Promise<void>
}

/** Options of {@link startWatchdog}. */
export interface WatchdogOptions {
  /** How long the event loop may stand still, in milliseconds; a minute by default. */
  readonly limitMs?: number
}

/**
 * Starts to watch this process's event loop from another thread. When it has not run for the limit, a line is written to
 * stderr and the process gets SIGKILL: whatever starts the relay again (systemd, a container) then does so.
 */
export function startWatchdog({ limitMs = 60_000 }: WatchdogOptions = {}): Watchdog {
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
  const state = new Int32Array(shared)
  const workerData: WatchdogThreadData = { anketaWatchdog: { shared, limitMs } }
  const thread = new Worker(new URL(threadUrl), { workerData, name: 'watchdog', execArgv: [] })
  // Neither the thread nor the beats keep a process running that has nothing left to do.
  thread.unref()
  const beats = setInterval(() => Atomics.add(state, beatsIndex, 1), Math.min(1000, limitMs / 20))
  beats.unref()
  return {
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
      await thread.terminate()
    },
  }
}
