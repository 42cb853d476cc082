/** The transliteration of Russian passports: ICAO Doc 9303, part 3, section 6, table B. */
const latinLetters: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: 'ie',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
}

/** Transliterates a Russian text as passports do. Other characters stay. */
export function transliterate(text: string): string {
  return text.replace(/[а-яё]/giu, (letter) => {
    const lower = letter.toLowerCase()
    const written = latinLetters[lower] ?? letter
    return letter === lower ? written : written.charAt(0).toUpperCase() + written.slice(1)
  })
}
