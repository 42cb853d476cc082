import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = 'test/relay/support/process/watchdog-process.ts'

/** Runs the process; returns how it ended and what it wrote. */
async function run(limitMs: number, blockedMs: number, ...options: readonly string[]) {
  const args = [script, String(limitMs), String(blockedMs), ...options]
  return promisify(execFile)(process.execPath, args).then(
    ({ stdout, stderr }) => ({ signal: null, stdout: stdout.trim(), stderr }),
    ({ signal, stdout, stderr }) => ({ signal, stdout: stdout.trim(), stderr }),
  )
}

it('ends a process whose event loop stands still, and says so first', async () => {
  const { signal, stdout, stderr } = await run(1000, 60_000)
  expect({ signal, stdout }).toEqual({ signal: 'SIGKILL', stdout: '' })
  expect(stderr).toMatch(/^\S+Z error {3}The relay has not reacted for \d\S* s, so its process is ended/)
})

it('leaves a process alone that reacts in time, and lets it end by itself', async () => {
  expect(await run(4000, 1500)).toEqual({ signal: null, stdout: 'done', stderr: '' })
})

it('leaves a process alone that has announced long work', async () => {
  expect(await run(1000, 4000, 'long-work')).toEqual({ signal: null, stdout: 'done', stderr: '' })
})
