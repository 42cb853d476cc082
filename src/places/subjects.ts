import type { Region } from './place.ts'
import { subjectTable } from './subject-table.ts'

/** The federal subjects as regions, in the order of their KLADR codes: what is known before any list is loaded. */
export const subjects: readonly Region[] = subjectTable.map(({ region }) => region)
