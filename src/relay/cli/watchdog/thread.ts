import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'

/** What the thread is started with. */
export interface WatchdogThreadData {
  readonly anketaWatchdog: {
    /** Two numbers: how often the event loop has beaten, and how many pieces of long work it does. */
    readonly shared: SharedArrayBuffer
    readonly limitMs: number
  }
}

/** Positions in the shared memory. */
export const beatsIndex = 0
export const longWorkIndex = 1

/** The address of this module, which is started as a thread. */
export const threadUrl: string = import.meta.url

/** Watches the heartbeat of the event loop. Ends the process when no beat has come within the limit. */
function watch({ shared, limitMs }: WatchdogThreadData['anketaWatchdog']): void {
  const state = new Int32Array(shared)
  const intervalMs = Math.min(1000, limitMs / 10)
  let beats = Atomics.load(state, beatsIndex)
  let silentMs = 0
  let checkedAt = performance.now()
  setInterval(() => {
    const now = performance.now()
    const passedMs = now - checkedAt
    checkedAt = now
    const found = Atomics.load(state, beatsIndex)
    // A computer that sleeps, and a process that is stopped, stops this thread too: that is not the event loop's silence.
    const isLate = passedMs > 3 * intervalMs + 1000
    silentMs =
      found === beats && !isLate && Atomics.load(state, longWorkIndex) === 0 ? silentMs + passedMs : 0
    beats = found
    if (silentMs >= limitMs) endProcess(silentMs)
  }, intervalMs)
}

function endProcess(silentMs: number): void {
  const seconds = Math.round(silentMs / 100) / 10
  const line = `${new Date().toISOString()} error   The relay has not reacted for ${seconds} s, so its process is ended: it must be started again. A database whose disk is full is one reason: compare the free space.\n`
  try {
    // Synchronous, and not to the log: the log belongs to the thread that does not react.
    writeSync(2, line)
  } finally {
    // Nothing else ends a thread that never returns to its event loop. Every acknowledged lead is on the disk.
    process.kill(process.pid, 'SIGKILL')
  }
}

const data: Partial<WatchdogThreadData> = Object(workerData)
if (data.anketaWatchdog) watch(data.anketaWatchdog)
