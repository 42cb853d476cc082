// What a person meant who has typed Latin letters in a Russian text.

// Latin letters, and the Cyrillic letters that look the same, in the same order.
const latin = 'AaBCcEeHKkMOoPpTXxyË\u00eb'
const cyrillic = 'АаВСсЕеНКкМОоРрТХхуЁё'

/** A text in the Cyrillic letters that its Latin ones look like; `undefined` if one of them looks like none. */
export function readLookAlikes(text: string): string | undefined {
  const read = text.replace(/[A-Za-z\u00cb\u00eb]/g, (letter) => cyrillic[latin.indexOf(letter)] ?? letter)
  return /[A-Za-z]/.test(read) ? undefined : read
}

/** Replaces the Latin letters of partly Cyrillic words, where every one of them looks like a Cyrillic letter. */
export function fixLookAlikes(text: string): string {
  return text.replace(/[A-Za-z\u00cb\u00ebА-Яа-яЁё]+/g, (word) =>
    /[А-Яа-яЁё]/.test(word) ? (readLookAlikes(word) ?? word) : word,
  )
}

const latinKeys = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
const russianSmallKeys = 'ёйцукенгшщзхъфывапролджэячсмитьбю'
const russianKeys = russianSmallKeys + russianSmallKeys.toUpperCase()

/** The text that the same keys type in the Russian layout: `Bdfyjd` is `Иванов`. Other characters stay. */
export function toRussianLayout(text: string): string {
  return text.replace(/./gu, (letter) => {
    const index = latinKeys.indexOf(letter)
    return index < 0 ? letter : russianKeys.charAt(index)
  })
}
