/**
 * Long words of Russian issuers and addresses, with their endings, and how official forms shorten them; the longest
 * gain first. Names of places are never touched, only what they are.
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
].map(([long = '', short = '']) => [new RegExp(`(^|\\P{L})(${long})(?!\\p{L})`, 'giu'), short] as const)

/**
 * Makes a text fit into `max` characters: one sort of long words after the other is shortened until it does, then it is
 * cut at the end of a word. Only for where the receiver's limit is shorter than what real documents have.
 */
export function abbreviate(text: string, max: number): string {
  let fitting = text.replace(/\s+/gu, ' ').trim()
  for (const [long, short] of abbreviations) {
    if (fitting.length <= max) return fitting
    // As the text is written: ОБЛАСТИ becomes ОБЛ.
    fitting = fitting.replace(
      long,
      (_, before: string, word: string) =>
        before + (word === word.toUpperCase() ? short.toUpperCase() : short),
    )
  }
  return fitting.length <= max ? fitting : cutAtWord(fitting, max)
}

function cutAtWord(text: string, max: number): string {
  const head = text.slice(0, max)
  const end = /[\s,;-]/u.test(text.charAt(max)) ? max : head.search(/[\s,;-][^\s,;-]*$/u)
  return (end > 0 ? head.slice(0, end) : head).replace(/[\s,;(-]+$/u, '')
}
