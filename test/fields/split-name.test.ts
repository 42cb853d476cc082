import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guessGender } from '../../src/fields/kinds/choice.ts'
import { splitName } from '../../src/fields/text/split-name.ts'

/** Surname, name and patronymic, separated by bars; the last one is empty for a person without a patronymic. */
const certain: readonly (readonly [text: string, parts: string, gender?: 'male' | 'female'])[] = [
  ['Примеров Иван Петрович', 'Примеров|Иван|Петрович', 'male'],
  ['примерова анна сергеевна', 'Примерова|Анна|Сергеевна', 'female'],
  ['  ПРИМЕРОВ,  ИВАН   ПЕТРОВИЧ ', 'Примеров|Иван|Петрович', 'male'],
  ['Иван Петрович Примеров', 'Примеров|Иван|Петрович', 'male'],
  ['Анна Ильинична Образец', 'Образец|Анна|Ильинична', 'female'],
  ['Владимир Ильич Примеров', 'Примеров|Владимир|Ильич', 'male'],
  ['Примеров Савелий Кузьмич', 'Примеров|Савелий|Кузьмич', 'male'],
  ['Примерова-Образцова Анна Ивановна', 'Примерова-Образцова|Анна|Ивановна', 'female'],
  ['Примерова - Образцова Анна Ивановна', 'Примерова-Образцова|Анна|Ивановна', 'female'],
  ['Примерова Анна-Мария Ивановна', 'Примерова|Анна-Мария|Ивановна', 'female'],
  ['Мамедов Али Гасан оглы', 'Мамедов|Али|Гасан оглы', 'male'],
  ['Мамедов Али Гасан-Оглы', 'Мамедов|Али|Гасан-оглы', 'male'],
  ['Алиева Лейла Гасан кызы', 'Алиева|Лейла|Гасан кызы', 'female'],
  ['Лейла Гасан кызы Алиева', 'Алиева|Лейла|Гасан кызы', 'female'],
  ['Рашидов Бахром Акмал угли', 'Рашидов|Бахром|Акмал угли', 'male'],
  ['Абаев Нурлан Асан уулу', 'Абаев|Нурлан|Асан уулу', 'male'],
  ['Абрамович Роман Петрович', 'Абрамович|Роман|Петрович', 'male'],
  ['Роман Петрович Абрамович', 'Абрамович|Роман|Петрович', 'male'],
  ['Петросян Мкртич Ашотович', 'Петросян|Мкртич|Ашотович', 'male'],
  ['Сулейманов Ибрагим-бек Ахмедович', 'Сулейманов|Ибрагим-бек|Ахмедович', 'male'],
  ["О'Нил Патрик Джонович", "О'Нил|Патрик|Джонович", 'male'],
  ['Ю Елена Викторовна', 'Ю|Елена|Викторовна', 'female'],
  ['Примеров Иван', 'Примеров|Иван|'],
  ['Примерова Ирина', 'Примерова|Ирина|'],
  ['Альбина Маратовна Галиева', 'Галиева|Альбина|Маратовна', 'female'],
  ['Фаина Петровна Ким', 'Ким|Фаина|Петровна', 'female'],
  ['Мельник Егор Иванович', 'Мельник|Егор|Иванович', 'male'],
  ['Егор Иванович Мельник', 'Мельник|Егор|Иванович', 'male'],
  ['Шойгу Сергей Кужугетович', 'Шойгу|Сергей|Кужугетович', 'male'],
  ['Сергей Кужугетович Шойгу', 'Шойгу|Сергей|Кужугетович', 'male'],
  ['Галиев Дамир', 'Галиев|Дамир|'],
  ['Галиева Зульфия', 'Галиева|Зульфия|'],
  ['Петросян Арам', 'Петросян|Арам|'],
  ['Гелашвили Нино', 'Гелашвили|Нино|'],
  ['Беридзе Вахтанг', 'Беридзе|Вахтанг|'],
  ['Шевченко Тарас', 'Шевченко|Тарас|'],
  ['Римская-Корсакова Анна', 'Римская-Корсакова|Анна|'],
  ['Примеров Иван нет', 'Примеров|Иван|'],
  ['Примеров Иван без отчества', 'Примеров|Иван|'],
  ['Примеров Иван -', 'Примеров|Иван|'],
]

/** What nobody can tell apart for certain, and the proposal that a person confirms or corrects. */
const uncertain: readonly (readonly [string, string])[] = [
  ['Примеров', 'Примеров||'],
  ['Иван Примеров', 'Примеров|Иван|'],
  ['Анна Ким', 'Ким|Анна|'],
  ['Иван Пушкин', 'Пушкин|Иван|'],
  ['Иван Петрович', '|Иван|Петрович'],
  ['Примеров И', 'Примеров|И|'],
  ['П Иван Петрович', 'П|Иван|Петрович'],
  ['Иван Петрович П', 'П|Иван|Петрович'],
  ['Примеров И.П.', 'Примеров|И.П.|'],
  ['Примеров Петрович Иван', 'Примеров|Иван|Петрович'],
  ['Нгуен Ван Тхань', 'Нгуен|Ван|Тхань'],
  ['Иван Примеров Иванов', 'Примеров Иванов|Иван|'],
  ['Егор Мельник', 'Мельник|Егор|'],
  ['Диана Бондарь', 'Бондарь|Диана|'],
  ['Матвей Коваль', 'Коваль|Матвей|'],
  ['Глеб Ким', 'Ким|Глеб|'],
  ['Ким Глеб', 'Ким|Глеб|'],
  ['Ли Вэй', 'Ли|Вэй|'],
  ['Дамир Хасан', 'Дамир|Хасан|'],
  ['Зульфия Хаким', 'Хаким|Зульфия|'],
  ['Айсылу Хаким', 'Хаким|Айсылу|'],
  ['Дамир Галиев', 'Галиев|Дамир|'],
  ['Альбина Роман', 'Альбина|Роман|'],
  ['Сайфуддин Рахим', 'Сайфуддин|Рахим|'],
  ['Демьян Иван', 'Демьян|Иван|'],
  ['Салих Марат', 'Салих|Марат|'],
  ['Абрамович Роман', 'Абрамович|Роман|'],
  ['Петрович Иван', 'Петрович|Иван|'],
  ['Мкртич Арам', 'Мкртич|Арам|'],
  ['Нино Гелашвили', 'Гелашвили|Нино|'],
  ['Пак Чжун', 'Пак|Чжун|'],
  ['Сергей Шойгу Кужугетович', 'Шойгу|Сергей|Кужугетович'],
  ['Дамир Хасан Рашидович', 'Дамир|Хасан|Рашидович'],
  ['Ткач Иванович Иван', 'Ткач|Иван|Иванович'],
  ['Примеров Петрович Сергей', 'Примеров|Сергей|Петрович'],
  ['Незнайма Маратовна Хаким', 'Хаким|Незнайма|Маратовна'],
  ['Незнаина Маратовна Галиева', 'Галиева|Незнаина|Маратовна'],
  ['Мамедов Али Гасан', 'Мамедов|Али|Гасан'],
  ['Али Гасан Мамедов', 'Мамедов|Али|Гасан'],
  ['Ким Чжун Хо', 'Ким|Чжун|Хо'],
  ['Римский Корсаков Николай', 'Римский Корсаков|Николай|'],
  ['Ван Дамм Жан', 'Ван|Дамм|Жан'],
  ['де Голль Шарль Петрович', 'де Голль|Шарль|Петрович'],
  ['Иван', 'Иван||'],
  ['Салтыков Щедрин Михаил Петрович', 'Салтыков Щедрин|Михаил|Петрович'],
  ['Гарсия Маркес Габриэль Хосе', 'Гарсия|Маркес|Габриэль Хосе'],
  ['Primerov Ivan Petrovich', 'Primerov|Ivan|Petrovich'],
  ['Bdfyjd Bdfy', 'Bdfyjd|Bdfy|'],
  ['+7 900 000-00-01', '+7|900|000-00-01'],
  ['', '||'],
]

const join = ({ lastName, firstName, middleName }: ReturnType<typeof splitName>): string =>
  [lastName, firstName, middleName].join('|')

describe('a whole name', () => {
  it.each(certain.map(([text, parts, gender]) => ({ text, parts, gender })))(
    '$text is certainly $parts',
    ({ text, parts, gender }) => {
      const split = splitName(text)
      expect(join(split)).toBe(parts)
      expect(split.isCertain).toBe(true)
      expect(split.noMiddleName).toBe(parts.endsWith('|'))
      expect(guessGender(split.middleName, split.lastName)).toBe(gender)
    },
  )

  it.each(uncertain)('%j is not guessed, but proposed as %s', (text, parts) => {
    const split = splitName(text)
    expect(join(split)).toBe(parts)
    expect(split.isCertain).toBe(false)
    expect(split.noMiddleName).toBe(false)
  })

  it('takes words for "none" at their word, and keeps every other one', () => {
    expect(splitName('Ван Дамм Жан нет')).toMatchObject({
      lastName: 'Ван Дамм',
      firstName: 'Жан',
      middleName: '',
      noMiddleName: true,
      isCertain: false,
    })
    expect(splitName('Примеров Иван Петрович нет')).toMatchObject({
      middleName: 'Петрович',
      noMiddleName: false,
      isCertain: false,
    })
  })

  it('gives no gender where the surname has the other one', () => {
    expect(guessGender('Петрович', 'Примерова')).toBeUndefined()
    expect(guessGender('Петровна', 'Примеров')).toBeUndefined()
    expect(guessGender('Петровна', 'Ким')).toBe('female')
  })
})

const syllable = fc.constantFrom(
  'ан',
  'бо',
  'ви',
  'гур',
  'до',
  'ев',
  'жа',
  'ко',
  'лин',
  'мир',
  'ова',
  'сла',
  'ян',
)
const word = fc.array(syllable, { minLength: 1, maxLength: 3 }).map((parts) => {
  const text = parts.join('')
  return text.charAt(0).toUpperCase() + text.slice(1)
})
const surname = fc.oneof(
  word,
  fc.tuple(word, word).map((parts) => parts.join('-')),
)
const patronymic = fc.oneof(
  word.map((father) => `${father}ович`),
  word.map((father) => `${father}евна`),
  word.map((father) => `${father} оглы`),
  word.map((father) => `${father} кызы`),
)
const wordsOf = (text: string): string => text.split(' ').filter(Boolean).toSorted().join(' ')

describe('any name', () => {
  it('keeps every word that was typed, certain or not', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(word, patronymic, surname), { maxLength: 6 }), (names) => {
        const text = names.join(' ')
        const { lastName, firstName, middleName } = splitName(text)
        expect(wordsOf([lastName, firstName, middleName].join(' '))).toBe(wordsOf(text))
      }),
    )
  })

  it('gives what was typed when its parts are joined, and those are split the same', () => {
    fc.assert(
      fc.property(surname, word, patronymic, (lastName, firstName, middleName) => {
        const text = [lastName, firstName, middleName].join(' ')
        const split = splitName(text)
        fc.pre(split.isCertain)
        expect(join(split)).toBe([lastName, firstName, middleName].join('|'))
        expect(splitName(join(split).replaceAll('|', ' '))).toEqual(split)
      }),
    )
  })

  it('is never certain with anything but letters, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const { isCertain, lastName, firstName, middleName } = splitName(text)
        const joined = [lastName, firstName, middleName].join('')
        expect(isCertain && /[^А-Яа-яЁё' -]/.test(joined)).toBe(false)
      }),
    )
  })
})
