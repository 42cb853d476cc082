/**
 * Long words in the names of Russian authorities and in addresses, with their endings, and their abbreviations in
 * official forms. Those that save most come first. Only types of places are abbreviated, never their names.
 */
const abbreviations = [
  ['российской федерации', 'РФ'],
  ['министерств\\p{L}+ внутренних дел', 'МВД'],
  ['управлени\\p{L}+ внутренних дел', 'УВД'],
  ['отдел\\p{L}* внутренних дел', 'ОВД'],
  ['федеральной миграционной службы', 'ФМС'],
  ['паспортно-визов\\p{L}+ отдел\\p{L}*', 'ПВО'],
  ['главн\\p{L}+ управлени\\p{L}+', 'ГУ'],
  ['(?:автономн|административн)\\p{L}+ округ\\p{L}?', 'АО'],
  ['муниципальн\\p{L}+ район\\p{L}?', 'м.р-н'],
  ['городск\\p{L}+ округ\\p{L}?', 'г.о.'],
  ['росси[ия]', 'РФ'],
  ['отделени[яе]м?', 'отд.'],
  ['управлени[яе]м?', 'упр.'],
  ['республик[еиа]', 'респ.'],
  ['област[иь]', 'обл.'],
  ['микрорайон', 'мкр.'],
  ['район[уае]?', 'р-н'],
  ['город[уае]?', 'г.'],
  ['набережная', 'наб.'],
  ['переулок', 'пер.'],
  ['проспект', 'пр-т'],
  ['бульвар', 'б-р'],
  ['строение', 'стр.'],
  ['корпус', 'корп.'],
  ['улица', 'ул.'],
  ['шоссе', 'ш.'],
].map(([words = '', short = '']) => [new RegExp(`(^|\\P{L})(${words})(?!\\p{L})`, 'giu'), short] as const)

/**
 * Shortens a text to `max` characters: abbreviates one kind of long words after the other until it fits, and cuts it at
 * the end of a word if that is not enough. For parameters whose limit is shorter than real documents need.
 */
export function abbreviate(text: string, max: number): string {
  const shortened = abbreviateTypes(text, max)
  return shortened.length <= max ? shortened : cutAtWord(shortened, max)
}

/** Abbreviates one kind of long words after the other until the text fits, or no such word is left. */
export function abbreviateTypes(text: string, max: number): string {
  let shortened = text.replace(/\s+/gu, ' ').trim()
  for (const [long, short] of abbreviations) {
    if (shortened.length <= max) return shortened
    // Keeps the case of the text: ОБЛАСТИ becomes ОБЛ.
    shortened = shortened.replace(
      long,
      (_, before: string, word: string) =>
        before + (word === word.toUpperCase() ? short.toUpperCase() : short),
    )
  }
  return shortened
}

function cutAtWord(text: string, max: number): string {
  const head = text.slice(0, max)
  const end = /[\s,;-]/u.test(text.charAt(max)) ? max : head.search(/[\s,;-][^\s,;-]*$/u)
  return (end > 0 ? head.slice(0, end) : head).replace(/[\s,;(-]+$/u, '')
}
