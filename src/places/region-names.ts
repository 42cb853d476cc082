import { foldPlace } from './fold-place.ts'
import type { Region } from './place.ts'
import { subjectOf } from './subject-of.ts'
import { subjectTable } from './subject-table.ts'

/** A region's folded names: its own, and what the subject that it is gets called for short. */
export function regionNames({ name }: Region): readonly string[] {
  const subject = subjectOf(name)
  return [foldPlace(name), ...(subjectTable.find(({ region }) => region === subject)?.short ?? [])]
}
