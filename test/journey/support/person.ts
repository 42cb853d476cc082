import type { RandomChoices } from './random-choices.ts'

/** An invented applicant, with values as people type them and as Devtek's document writes them. */
export interface Person {
  readonly amount: number
  readonly termDays: number
  readonly lastName: string
  readonly firstName: string
  readonly middleName: string | undefined
  /** `dd.mm.yyyy`. */
  readonly birthday: string
  /** The last two digits of +7 900 000-00-XX. */
  readonly phoneEnd: string
  readonly email: string | undefined
  readonly passportSeries: string
  readonly passportNumber: string
  readonly passportIssuedDate: string
  readonly passportIssuedCode: string
  readonly passportIssuedBy: string
  readonly city: 'Москва' | 'Санкт-Петербург' | 'Севастополь'
}

let phones = 0

/** Invents a person. Every person of a process has another phone. */
export function createPerson({ between, oneOf }: RandomChoices): Person {
  // Between the passport exchanges at 20 and 45, so that a recent passport is valid.
  const year = between(1985, 1999)
  phones += 1
  return {
    amount: between(1, 100) * 1000,
    termDays: between(1, 365),
    lastName: oneOf(['Иванова', 'Салтыков-Щедрин', 'Ёлкина', 'Цой', 'Петров']),
    firstName: oneOf(['Анна', 'Пётр', 'Юрий', 'Анна-Мария']),
    middleName: oneOf(['Ивановна', 'Петрович', undefined]),
    birthday: `${twoDigits(between(1, 28))}.${twoDigits(between(1, 12))}.${year}`,
    phoneEnd: twoDigits((between(0, 9) * 10 + phones) % 100),
    email: oneOf(['anna@example.ru', 'petr.ivanov+zaim@example.com', undefined]),
    passportSeries: `${oneOf(['45', '40', '03', '71'])}${twoDigits(between(5, 20))}`,
    passportNumber: `0000${twoDigits(between(1, 99))}`,
    passportIssuedDate: `${twoDigits(between(1, 28))}.${twoDigits(between(1, 12))}.${year + 21}`,
    passportIssuedCode: `${between(100, 999)}-${between(100, 999)}`,
    passportIssuedBy: oneOf([
      'ГУ МВД России по г. Москве',
      'Отделом № 1 УФМС (Примерный р-н)',
      'ТП "Вымысел"',
    ]),
    city: oneOf(['Москва', 'Санкт-Петербург', 'Севастополь']),
  }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
