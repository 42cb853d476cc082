import { foldPlace } from './fold-place.ts'
import type { Region } from './place.ts'
import { subjectTable } from './subject-table.ts'

const named = new Map(
  subjectTable.flatMap(({ region, short }) =>
    [bare(region.name), ...short].map((name): [string, Region] => [name, region]),
  ),
)

/** The federal subject that a list's name of a region means: `Респ Саха /Якутия/`, `Тюменская обл`, `ХМАО`. */
export function subjectOf(name: string): Region | undefined {
  return named.get(bare(name))
}

/** Lists differ in the types that stand in the middle of names, and in what follows them. */
function bare(name: string): string {
  return foldPlace(name).replace(
    / (?:автономный|ао|обл|область|республика|народная|якутия|чувашия|алания|тува)(?: .*)?$/,
    '',
  )
}
