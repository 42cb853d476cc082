import { federalSubjects } from '../../../places/federal-subjects.ts'

const regionNames = new Map(federalSubjects.map(({ kladr, name }) => [kladr, name]))

const regionTypes: Readonly<Record<string, string>> = {
  обл: 'область',
  край: 'край',
  респ: 'Республика',
  ао: 'автономный округ',
  аобл: 'автономная область',
}

/** The everyday name of a region: the built-in one of its code, or else what its base calls it. */
export function formatRegionName(kladr: string, name: string, type: string): string {
  const found = regionNames.get(kladr)
  if (found !== undefined) return found
  const word = regionTypes[type.toLowerCase().replace('.', '')]
  if (word === undefined) return name
  return word === 'Республика' ? `${word} ${name}` : `${name} ${word}`
}
