// Short types as KLADR has them, and as people write them. Whole words are types only before a name: Большое Село.
const shortTypes = 'г|гор|пгт|рп|кп|дп|нп|п|пос|с|д|дер|х|ст ца|ст|сл|м|обл|аобл|респ|ао|край'
const regionTypes = 'автономн(?:ый|ая)|округ|область|област|республика'
const leadingTypes = new RegExp(
  `^(?:(?:${shortTypes}|${regionTypes}|город|(?:рабочий |дачный |курортный )?поселок(?: городского типа)?|село|деревня|хутор|станица|станция|аул|слобода) )+(?=.)`,
)
const trailingTypes = new RegExp(`(?: (?:${shortTypes}|${regionTypes}))+$`)

/**
 * What names of places are compared by: {@link foldWords} without types at the ends. `г. Ростов на Дону` and
 * `Ростов-на-Дону` are both `ростов на дону`, `Тюменская обл.` is `тюменская`. A type alone stays.
 */
export function foldPlaceName(text: string): string {
  const words = foldWords(text)
  return words.includes(' ') ? words.replace(leadingTypes, '').replace(trailingTypes, '') : words
}

/** Words in small letters, parted by one space: without ё, accents, hyphens, dots and quotes. */
export function foldWords(text: string): string {
  const small = text.normalize('NFC').toLowerCase().replaceAll('ё', 'е')
  // Nearly all names, and lists have thousands of them.
  if (/^[а-я]+(?:[- ][а-я]+)*$/.test(small)) return small.replaceAll('-', ' ')
  return small
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
