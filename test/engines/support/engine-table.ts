import type { Reporter, TestCase } from 'vitest/node'
import type { InstalledEngine } from './installed-engines.ts'

/** Creates a reporter that prints at the end which journeys passed in which engine. */
export function createEngineTable(engines: readonly InstalledEngine[]): Reporter {
  return {
    onTestRunEnd(modules) {
      const rows = new Map<string, Map<string, TestCase[]>>()
      for (const { project, children } of modules) {
        for (const test of children.allTests()) {
          const name = rowOf(test)
          const row = rows.get(name) ?? new Map<string, TestCase[]>()
          rows.set(name, row.set(project.name, [...(row.get(project.name) ?? []), test]))
        }
      }
      const versions = engines.map(({ name, version }) => `${name}: ${version ?? 'not installed'}`)
      const width = Math.max(0, ...[...rows.keys()].map(({ length }) => length))
      const head = `${''.padEnd(width)}  ${engines.map(({ name }) => name.padEnd(9)).join(' ')}`
      const lines = [...rows].map(
        ([name, row]) =>
          `${name.padEnd(width)}  ${engines.map((engine) => summarize(row.get(engine.name) ?? []).padEnd(9)).join(' ')}`,
      )
      console.log(['', ...versions, '', head, ...lines, ''].join('\n'))
    },
  }
}

/** Tests of a group have a row together. */
function rowOf({ parent, name }: TestCase): string {
  return parent.type === 'suite' ? parent.fullName : name
}

function summarize(tests: readonly TestCase[]): string {
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }
  for (const test of tests) counts[test.result().state] += 1
  if (counts.failed > 0) return `✗ ${counts.failed} of ${tests.length}`
  if (counts.passed === 0) return '–'
  return counts.passed === 1 ? '✓' : `✓ ${counts.passed}`
}
