const latin =
  "shch sch shh tch sh ch zh kh ts tc tz cz ya ja ia yu ju iu ye je yo jo a b c d e f g h i j k l m n o p q r s t u v w x y z '".split(
    ' ',
  )
const russian = 'щщщчшчжхццццяяяюююееееабцдефгхийклмнопкрстуввхызь'
const sounds = new RegExp(latin.join('|'), 'g')

/** Russian letters for a name in Latin ones, as far as that can be known: `Chelyabinsk` gives `челябинск`. */
export function fromLatin(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[ʹʼ’`]/g, "'")
      // Йошкар-Ола, and й after a vowel; е stands for ё everywhere else.
      .replace(/\b[yj]o(?=sh)/g, 'йо')
      .replace(/([aeou])[yj](?![aeou])/g, '$1й')
      // Endings: Нижний and Уральский, often without the last letter; Набережные; Липецк, but Иркутск; Тобольск.
      .replace(/(?:[iy][yj]|(zhn|khn|sk)y)(?![a-z])/g, '$1ий')
      .replace(/n[yj]e(?![a-z])/g, 'ные')
      .replace(/etsk/g, 'ецк')
      .replace(/ts(?=k)/g, 'тс')
      .replace(/l(?=sk)/g, 'ль')
      .replace(sounds, (sound) => russian.charAt(latin.indexOf(sound)))
  )
}
