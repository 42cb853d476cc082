import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path/posix'
import { text } from 'node:stream/consumers'

// The checks for a change, side by side: types, lint, format, layers, and the unit tests of the folders that it touches.
// An argument is what to compare with, such as `main`; without one it is the last commit.
const base = process.argv[2] ?? 'HEAD'
const folders = [...new Set(listChangedFiles().flatMap(testsOf))]
const checks = {
  types: 'npm run --silent check:types',
  lint: 'oxlint',
  format: 'oxfmt --check',
  layers: 'npm run --silent check:layers',
  tests: folders.length > 0 ? `vitest run --project unit --passWithNoTests ${folders.join(' ')}` : 'true',
}

const results = await Promise.all(Object.entries(checks).map(([name, command]) => run(name, command)))
const failed = results.filter(({ code }) => code !== 0)
for (const { name, output } of failed) console.log(`\n${name}:\n${output.trim()}`)
console.log(
  `\n${results.map(({ name, code, seconds }) => `${name} ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)`).join(', ')}`,
)
process.exitCode = failed.length === 0 ? 0 : 1

function listChangedFiles(): readonly string[] {
  const git = (...args: readonly string[]) => execFileSync('git', [...args], { encoding: 'utf8' })
  const names = git('diff', '--name-only', base) + git('ls-files', '--others', '--exclude-standard')
  return names.split('\n').filter(Boolean)
}

/** The tests that stand for a file: a test itself, or the closest folder of `test` that mirrors the folder of the file. */
function testsOf(file: string): readonly string[] {
  if (file.endsWith('.test.ts')) return [file]
  const [top = ''] = file.split('/')
  const mirrored = top === 'src' ? file.replace(/^src/, 'test') : file.replace(/^(?!test\/)/, 'test/')
  for (let folder = dirname(mirrored); folder !== 'test' && folder !== '.'; folder = dirname(folder)) {
    if (existsSync(folder)) return [`${folder}/`]
  }
  return []
}

async function run(name: string, command: string) {
  const started = performance.now()
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)])
  return { name, code, output: stdout + stderr, seconds: Math.round((performance.now() - started) / 1000) }
}
