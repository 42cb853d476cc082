import { foldPlace } from './fold-place.ts'
import type { Region } from './place.ts'
import { regionNames } from './search-regions.ts'
import { subjects } from './subjects.ts'

const named = new Map(
  subjects.flatMap((subject) => regionNames(subject).map((name): [string, Region] => [bare(name), subject])),
)

/** The federal subject that a list's name of a region means: `Респ Саха /Якутия/`, `Тюменская обл`, `ХМАО`. */
export function subjectOf(name: string): Region | undefined {
  return named.get(bare(foldPlace(name)))
}

/** Names of the same region differ in the types in their middle, and in what stands behind. */
function bare(folded: string): string {
  return folded.replace(
    / (?:автономный округ|область|республика|народная|якутия|чувашия|кузбасс|югра|алания)(?: .*)?$/,
    '',
  )
}
