import { subjects } from '../../../places/subjects.ts'

const known = new Map(subjects.map(({ kladr, name }) => [kladr, name]))

const types: Readonly<Record<string, string>> = {
  обл: 'область',
  край: 'край',
  респ: 'Республика',
  ао: 'автономный округ',
  аобл: 'автономная область',
}

/** The everyday name of a region: the built-in one of its code, or else what its base calls it. */
export function regionName(kladr: string, name: string, type: string): string {
  const found = known.get(kladr)
  if (found !== undefined) return found
  const word = types[type.toLowerCase().replace('.', '')]
  if (word === undefined) return name
  return word === 'Республика' ? `${word} ${name}` : `${name} ${word}`
}
