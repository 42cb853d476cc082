const latin = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
const russian = 'ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ'

/** What the same keys give in the Russian layout: `Bdfyjd` is `Иванов`. Other characters stay. */
export function toRussianLayout(text: string): string {
  return text.replace(/./gu, (letter) => {
    const place = latin.indexOf(letter)
    return place < 0 ? letter : russian.charAt(place)
  })
}
