// From а to я.
const phoneticLetters = 'a b v g d e z z i i k l m n o p r s t u f h c c s sc  i  e iu ia'.split(' ')

/**
 * The approximate sound of folded words in Russian or Latin letters. All transliterations of a Russian name (GOST,
 * passports, everyday) have the same key: `нижний`, `nizhniy`, `nizhnij` and `nizhny` are all `nizni`.
 */
export function phoneticKey(words: string): string {
  let latin = ''
  // A loop, as this runs over whole lists: `replace` would call a function for every letter.
  for (let index = 0; index < words.length; index += 1) {
    latin += phoneticLetters[words.charCodeAt(index) - 0x430] ?? words.charAt(index)
  }
  return latin
    .replace(/kh|x/g, 'h')
    .replace(/w/g, 'v')
    .replace(/shh/g, 'sc')
    .replace(/\beh/g, 'e')
    .replace(/t[scz]|cz/g, 'c')
    .replace(/([szc])h+/g, '$1')
    .replace(/[yj]/g, 'i')
    .replace(/i+o/g, 'e')
    .replace(/i+([aeu])/g, '$1')
    .replace(/([a-z])\1+/g, '$1')
}

const latinSequences =
  "shch sch shh tch sh ch zh kh ts tc tz cz ya ja ia yu ju iu ye je yo jo a b c d e f g h i j k l m n o p q r s t u v w x y z '".split(
    ' ',
  )
const cyrillicLetters = 'щщщчшчжхццццяяяюююееееабцдефгхийклмнопкрстуввхызь'
const latinPattern = new RegExp(latinSequences.join('|'), 'g')

/** Transliterates a name from Latin to Russian letters as far as possible: `Chelyabinsk` gives `челябинск`. */
export function latinToCyrillic(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[ʹʼ’`]/g, "'")
      // Йошкар-Ола, and й after a vowel. Everywhere else ё is folded to е.
      .replace(/\b[yj]o(?=sh)/g, 'йо')
      .replace(/([aeou])[yj](?![aeou])/g, '$1й')
      // Endings: Нижний and Уральский, often without the last letter; Набережные; Липецк, but Иркутск; Тобольск.
      .replace(/(?:[iy][yj]|(zhn|khn|sk)y)(?![a-z])/g, '$1ий')
      .replace(/n[yj]e(?![a-z])/g, 'ные')
      .replace(/etsk/g, 'ецк')
      .replace(/ts(?=k)/g, 'тс')
      .replace(/l(?=sk)/g, 'ль')
      .replace(latinPattern, (sequence) => cyrillicLetters.charAt(latinSequences.indexOf(sequence)))
  )
}
