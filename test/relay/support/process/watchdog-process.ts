// A process with a watchdog, whose event loop stands still for a while: watchdog-process.ts <limit> <ms> [long-work]. With
// `long-work` it announces that. It prints "done" if it survives.
import { createWatchdog } from '../../../../src/relay/cli/watchdog/watchdog.ts'

const [limitMs, blockedMs, announced] = process.argv.slice(2)

async function block(): Promise<void> {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(blockedMs))
}

const watchdog = createWatchdog({ limitMs: Number(limitMs) })
watchdog.start()
await new Promise((resolve) => setTimeout(resolve, 500))
await (announced === 'long-work' ? watchdog.during(block) : block())
// The limit counts from the end of the work.
await new Promise((resolve) => setTimeout(resolve, Number(limitMs)))
console.log('done')
