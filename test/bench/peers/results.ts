import { readFile, rename, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import type { Figures } from './journey.ts'
import type { SubjectName } from './subjects.ts'

/** What was measured where. */
export interface Results {
  readonly machine: Machine
  /** The days of the first and the last round. */
  readonly days: readonly [string, string]
  readonly rounds: readonly Readonly<Record<SubjectName, Figures>>[]
  /** The pages of a round that has not ended. */
  readonly begun: Readonly<Partial<Record<SubjectName, Figures>>>
  /** The rules that a page violates, by the step. */
  readonly violations: Readonly<Record<SubjectName, Readonly<Record<string, readonly string[]>>>>
}

interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly chromium: string
  readonly node: string
}

/** Ignored by Git. */
const file = new URL('../../../.cache/peers/results.json', import.meta.url)

/** This machine. */
export function describeMachine(chromium: string): Machine {
  const all = cpus()
  return { cpu: all[0]?.model ?? 'unknown', cores: all.length, chromium, node: process.versions.node }
}

/** The results so far. */
export async function loadResults(): Promise<Results> {
  return JSON.parse(await readFile(file, 'utf8'))
}

export async function saveResults(results: Results): Promise<void> {
  // A run may be stopped at any moment.
  const draft = new URL('results.draft.json', file)
  await writeFile(draft, `${JSON.stringify(results, undefined, 1)}\n`)
  await rename(draft, file)
}
