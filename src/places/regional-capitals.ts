import { isCityKladr } from '../fields/place/kladr.ts'
import { cityAliases } from './city-aliases.ts'
import { federalSubjects, findFederalSubject } from './federal-subjects.ts'
import { foldPlaceName, foldWords } from './fold-place.ts'
import { matchesName } from './query-variants.ts'

/**
 * The capital of each federal subject, by the first two digits of its KLADR code. A row has the rest of the district's
 * and the city's number if that is not 1. Московская and Ленинградская область have no capital of their own. Source: КЛАДР
 * of the Federal Tax Service (ФНС России), https://www.gnivc.ru; the subjects that joined after its last edition are not
 * in it.
 */
const capitalRows = `01Майкоп
02Уфа
03Улан-Удэ
04Горно-Алтайск
05Махачкала
06Магас
07Нальчик
08Элиста
09Черкесск
10Петрозаводск
11Сыктывкар
12Йошкар-Ола
13Саранск
14Якутск
15Владикавказ
16Казань
17Кызыл
18Ижевск
19Абакан
20Грозный
21Чебоксары
22Барнаул
23Краснодар
24Красноярск
25Владивосток
26Ставрополь
27Хабаровск
28Благовещенск
29Архангельск
30Астрахань
31Белгород
32Брянск
33Владимир
34Волгоград
35Вологда
36Воронеж
37Иваново
38Иркутск 3
39Калининград
40Калуга
41Петропавловск-Камчатский
42Кемерово 9
43Киров
44Кострома 3
45Курган
46Курск
48Липецк
49Магадан
51Мурманск
52Нижний Новгород
53Великий Новгород
54Новосибирск
55Омск
56Оренбург
57Орёл
58Пенза
59Пермь
60Псков
61Ростов-на-Дону
62Рязань
63Самара
64Саратов
65Южно-Сахалинск
66Екатеринбург
67Смоленск 3
68Тамбов 4
69Тверь
70Томск
71Тула
72Тюмень
73Ульяновск
74Челябинск
75Чита
76Ярославль
79Биробиджан
83Нарьян-Мар
86Ханты-Мансийск
87Анадырь
89Салехард
91Симферополь 7`

/** A city that is the capital of a federal subject, or a federal city. */
export interface RegionalCapital {
  readonly name: string
  /** 13 digits of KLADR. */
  readonly kladr: string
  /** The code of its region. */
  readonly region: string
}

/** The capitals and the federal cities, in the order of their codes. They are known without loading a list. */
export const regionalCapitals: readonly RegionalCapital[] = [
  ...capitalRows.split('\n').map((row) => {
    const [, subject = '', name = '', number = '1'] = /^(\d\d)(.*?)(?: (\d))?$/.exec(row) ?? []
    return {
      name,
      kladr: `${subject}000${number.padStart(3, '0')}00000`,
      region: `${subject}00000000000`,
    }
  }),
  ...federalSubjects.flatMap(({ name, kladr = '' }) =>
    isCityKladr(kladr) ? [{ name, kladr, region: kladr }] : [],
  ),
].sort((one, other) => one.kladr.localeCompare(other.kladr))

/** Towns of other regions have these names, too: only with its region the name means the capital. */
const ambiguousNames = new Set(['киров', 'благовещенск', 'ростов'])

const capitalsByName = new Map(
  regionalCapitals.flatMap((capital) => {
    const folded = foldPlaceName(capital.name)
    return [folded, ...(cityAliases.get(folded) ?? [])].map((name): [string, RegionalCapital] => [
      name,
      capital,
    ])
  }),
)

/** Types around a name that {@link foldPlaceName} leaves, because they are no part of any list. */
const leadingType =
  /^(?:город федерального значения|городской округ|г о|муниципальное образование|мо|город) (?=.)/
const trailingType = / (?:город федерального значения|городской округ|город|г о)$/

/**
 * Finds the capital or federal city of a name, as people write it: with a type, in Latin letters, without its hyphens, or
 * with words cut short (`Н. Новгород`, `Ростов н/Д`). `region` is the code of the region that the person named, or
 * `undefined` if they named none.
 */
export function findRegionalCapital(name: string, region: string | undefined): RegionalCapital | undefined {
  const folded = foldPlaceName(foldWords(name).replace(leadingType, '').replace(trailingType, ''))
  const capital =
    capitalsByName.get(folded) ??
    findFederalCity(folded) ??
    findFederalCity(name) ??
    findBySpelling(foldWords(name), folded)
  if (!capital) return undefined
  const isAmbiguous = ambiguousNames.has(folded) || ambiguousNames.has(foldPlaceName(capital.name))
  if (region === undefined && isAmbiguous) return undefined
  return region === undefined || region === capital.region ? capital : undefined
}

function findFederalCity(name: string): RegionalCapital | undefined {
  const kladr = findFederalSubject(name)?.kladr
  return regionalCapitals.find((capital) => capital.kladr === kladr)
}

/** The only capital that a spelling can mean. Where several could be meant, none is. */
function findBySpelling(words: string, folded: string): RegionalCapital | undefined {
  if (folded.length < 3) return undefined
  const isLatin = /[a-z]/.test(folded)
  const isTyped = isLatin
    ? matchesName(folded)
    : (name: string) => [words, folded].some((text) => isShortened(text, foldPlaceName(name)))
  const [found, ...others] = regionalCapitals.filter((capital) => isTyped(capital.name))
  return others.length > 0 ? undefined : found
}

/** Whether a text is a name without its spaces, or with some of its words cut short and one of them whole. */
function isShortened(text: string, name: string): boolean {
  if (text.replaceAll(' ', '') === name.replaceAll(' ', '')) return true
  // Ростов н/Д, Ростов-Дон.
  const isOnRiver = name.includes(' на ')
  const split = (each: string): readonly string[] =>
    (isOnRiver ? each.replace(/ на? /, ' ') : each).split(' ')
  const [words, typed] = [split(name), split(text)]
  return (
    words.length === typed.length &&
    words.every((word, index) => word.startsWith(typed[index] ?? ' ')) &&
    words.some((word, index) => word.length > 2 && word === typed[index])
  )
}
