const latin = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
const russianSmall = 'ёйцукенгшщзхъфывапролджэячсмитьбю'
const russian = russianSmall + russianSmall.toUpperCase()

/** The text that the same keys type in the Russian layout: `Bdfyjd` is `Иванов`. Other characters stay. */
export function toRussianLayout(text: string): string {
  return text.replace(/./gu, (letter) => {
    const index = latin.indexOf(letter)
    return index < 0 ? letter : russian.charAt(index)
  })
}
