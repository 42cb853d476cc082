/** Cities that are regions themselves: the code of the region is the code of the city. */
export const federalCities = [
  { name: 'Москва', kladr: '7700000000000' },
  { name: 'Санкт-Петербург', kladr: '7800000000000' },
  { name: 'Севастополь', kladr: '9200000000000' },
] as const

/** The federal city that a typed name means, whatever its case and hyphens. */
export function findFederalCity(typed: string): (typeof federalCities)[number] | undefined {
  const wanted = normaliseCityName(typed)
  return federalCities.find(({ name }) => normaliseCityName(name) === wanted)
}

function normaliseCityName(text: string): string {
  return text.toLowerCase().replace(/^г(?:ород)?[. ]+|[^а-я]/g, '')
}
