/**
 * Long words in the names of Russian authorities and in addresses, with their endings, and their abbreviations in
 * official forms. Those that save most come first. Only types of places are abbreviated, never their names.
 */
const abbreviations = [
  ['российской федерации', 'РФ'],
  ['министерств(?:а|ом|о) внутренних дел', 'МВД'],
  ['управлени(?:я|ем|е) внутренних дел', 'УВД'],
  ['отдел(?:а|ом)? внутренних дел', 'ОВД'],
  ['федеральной миграционной службы', 'ФМС'],
  ['паспортно-визов(?:ым отделением|ым отделом|ого отделения|ого отдела|ое отделение|ый отдел)', 'ПВО'],
  ['главн(?:ым управлением|ого управления|ое управление)', 'ГУ'],
  ['(?:автономн|административн)(?:ому округу|ого округа|ый округ)', 'АО'],
  ['муниципальн(?:ому району|ого района|ый район)', 'м.р-н'],
  ['городск(?:ому округу|ого округа|ой округ)', 'г.о.'],
  ['росси[ия]', 'РФ'],
  ['отделени(?:я|ем|е)', 'отд.'],
  ['управлени(?:я|ем|е)', 'упр.'],
  ['республик(?:е|и|а)', 'респ.'],
  ['област(?:и|ь)', 'обл.'],
  ['микрорайон', 'мкр.'],
  ['район(?:у|а|е)?', 'р-н'],
  ['город(?:у|а|е)?', 'г.'],
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
  return shortened.length <= max ? shortened : cutAtWord(shortened, max)
}

function cutAtWord(text: string, max: number): string {
  const head = text.slice(0, max)
  const end = /[\s,;-]/u.test(text.charAt(max)) ? max : head.search(/[\s,;-][^\s,;-]*$/u)
  return (end > 0 ? head.slice(0, end) : head).replace(/[\s,;(-]+$/u, '')
}
