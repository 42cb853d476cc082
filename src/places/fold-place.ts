// Short types of KLADR and everyday ones. A full word is a type only before a name: not in Большое Село.
const shortTypes = 'г|гор|пгт|рп|кп|дп|нп|п|пос|с|д|дер|х|ст ца|ст|сл|м|обл|аобл|респ|ао|край'
const regionTypes = 'автономн(?:ый|ая)|округ|область|област|республика'
const leadingTypes = new RegExp(
  `^(?:(?:${shortTypes}|${regionTypes}|город|(?:рабочий |дачный |курортный )?поселок(?: городского типа)?|село|деревня|хутор|станица|станция|аул|слобода) )+(?=.)`,
)
const trailingTypes = new RegExp(`(?: (?:${shortTypes}|${regionTypes}))+$`)

/**
 * Folds a place name for comparison: {@link foldWords} without types at either end. `г. Ростов на Дону` and
 * `Ростов-на-Дону` are both `ростов на дону`, `Тюменская обл.` is `тюменская`. A type alone stays.
 */
export function foldPlaceName(text: string): string {
  const words = foldWords(text)
  return words.includes(' ') ? words.replace(leadingTypes, '').replace(trailingTypes, '') : words
}

/** Folds words to lower case with single spaces, without ё, accents, hyphens, dots and quotes. */
export function foldWords(text: string): string {
  const lower = text.normalize('NFC').toLowerCase().replaceAll('ё', 'е')
  // The fast path for nearly all names: lists have thousands of them.
  if (/^[а-я]+(?:[- ][а-я]+)*$/.test(lower)) return lower.replaceAll('-', ' ')
  return lower
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
