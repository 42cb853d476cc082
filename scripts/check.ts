import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

// The checks for a change that is not committed yet, side by side. Arguments go to Vitest, such as `--changed=main`.
const [changed = '--changed', ...vitestArguments] = process.argv.slice(2)
const checks = {
  types: 'tsc',
  lint: 'oxlint',
  format: 'oxfmt --check',
  layers: 'npm run --silent check:layers',
  tests: ['vitest run --project unit --passWithNoTests', changed, ...vitestArguments].join(' '),
}

const results = await Promise.all(Object.entries(checks).map(([name, command]) => run(name, command)))
const failed = results.filter(({ code }) => code !== 0)
for (const { name, output } of failed) console.log(`\n${name}:\n${output.trim()}`)
console.log(
  `\n${results.map(({ name, code, seconds }) => `${name} ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)`).join(', ')}`,
)
process.exitCode = failed.length === 0 ? 0 : 1

async function run(name: string, command: string) {
  const started = performance.now()
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)])
  return { name, code, output: stdout + stderr, seconds: Math.round((performance.now() - started) / 1000) }
}
