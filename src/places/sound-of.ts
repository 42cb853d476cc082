// From а to я.
const sounds = 'a b v g d e z z i i k l m n o p r s t u f h c c s sc  i  e iu ia'.split(' ')

/**
 * The rough sound of folded words in Russian or Latin letters: one for all ways of writing a Russian name in Latin
 * (GOST, passports, everyday), so `нижний`, `nizhniy`, `nizhnij` and `nizhny` are all `nizni`.
 */
export function soundOf(words: string): string {
  let latin = ''
  // Lists are heard whole, and a replacing function would be called for every letter.
  for (let index = 0; index < words.length; index += 1) {
    latin += sounds[words.charCodeAt(index) - 0x430] ?? words.charAt(index)
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
