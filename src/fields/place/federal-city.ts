/** Cities that are regions themselves: city and region have the same code. */
export const federalCities = [
  { name: 'Москва', kladr: '7700000000000' },
  { name: 'Санкт-Петербург', kladr: '7800000000000' },
  { name: 'Севастополь', kladr: '9200000000000' },
] as const

/** The federal city of a typed name, ignoring case, hyphens and spaces. */
export function findFederalCity(typed: string): (typeof federalCities)[number] | undefined {
  const target = normalizeCityName(typed)
  return federalCities.find(({ name }) => normalizeCityName(name) === target)
}

function normalizeCityName(text: string): string {
  return text.toLowerCase().replace(/^г(?:ород)?[. ]+|[^а-я]/g, '')
}
