import { foldWords } from './fold-words.ts'

// Short types as KLADR has them, and as people write them. Whole words are types only before a name: Большое Село.
const short = 'г|гор|пгт|рп|кп|дп|нп|п|пос|с|д|дер|х|ст ца|ст|сл|м|обл|аобл|респ|ао|край'
const subject = 'автономн(?:ый|ая)|округ|область|област|республика'
const before = new RegExp(
  `^(?:(?:${short}|${subject}|город|(?:рабочий |дачный |курортный )?поселок(?: городского типа)?|село|деревня|хутор|станица|станция|аул|слобода) )+(?=.)`,
)
const after = new RegExp(`(?: (?:${short}|${subject}))+$`)

/**
 * What names of places are compared by: {@link foldWords} without types at the ends. `г. Ростов на Дону` and
 * `Ростов-на-Дону` are both `ростов на дону`, `Тюменская обл.` is `тюменская`. A type alone stays.
 */
export function foldPlace(text: string): string {
  const words = foldWords(text)
  return words.includes(' ') ? words.replace(before, '').replace(after, '') : words
}
