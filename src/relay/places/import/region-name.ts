import { federalSubjects } from '../../../places/federal-subjects.ts'

const regionNames = new Map(federalSubjects.map(({ kladr, name }) => [kladr, name]))

const regionTypes: Readonly<Record<string, string>> = {
  обл: 'область',
  край: 'край',
  респ: 'Республика',
  ао: 'автономный округ',
  аобл: 'автономная область',
}

/** The usual name of a region: the built-in name for its code, otherwise the name and type in the imported file. */
export function formatRegionName(kladr: string, name: string, type: string): string {
  const builtIn = regionNames.get(kladr)
  if (builtIn !== undefined) return builtIn
  const fullType = regionTypes[type.toLowerCase().replace('.', '')]
  if (fullType === undefined) return name
  return fullType === 'Республика' ? `${fullType} ${name}` : `${name} ${fullType}`
}
