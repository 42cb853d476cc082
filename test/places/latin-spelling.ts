const cyrillic = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'

/** Transliteration systems: the Latin spelling of each letter from а to я, from their tables. */
const systems = {
  'GOST 7.79 B': "a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh `` y' ` e' yu ya",
  'GOST 16876': "a b v g d e jo zh z i jj k l m n o p r s t u f kh c ch sh shh '' y ' eh ju ja",
  'passport (ICAO 9303)': 'a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y  e iu ia',
  'road signs': "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch ' y ' e yu ya",
  everyday: 'a b v g d e e zh z i y k l m n o p r s t u f h c ch sh sch  y  e yu ya',
} as const

/** The name of a system. */
export type LatinSystem = keyof typeof systems

/** The names of all systems. */
export const latinSystems: readonly LatinSystem[] = [
  'GOST 7.79 B',
  'GOST 16876',
  'passport (ICAO 9303)',
  'road signs',
  'everyday',
]

/** Transliterates a Russian name. */
export function latinSpelling(name: string, system: LatinSystem): string {
  const letters = systems[system].split(' ')
  return name.toLowerCase().replace(/[а-яё]/g, (letter) => letters[cyrillic.indexOf(letter)] ?? letter)
}
