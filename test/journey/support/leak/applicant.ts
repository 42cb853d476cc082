/** A value of the invented applicant: what is typed, and other spellings in which it may appear. */
export interface MarkedValue {
  readonly typed: string
  readonly spellings?: readonly string[]
}

/** A date as it is typed, with the order of digits that programs use. */
function date(typed: string): MarkedValue {
  return { typed, spellings: [typed.split('.').toReversed().join('-')] }
}

/** What the applicant enters, by field. No other text of a page, a relay or a provider has any of it. */
export const applicant: Readonly<Record<string, MarkedValue>> = {
  amount: { typed: '97391' },
  purpose: { typed: 'чучело медведя' },
  productType: { typed: 'Небывалая карта' },
  comment: { typed: 'Позвоните бабушке Глафире' },
  'custom.note': { typed: 'Кличка кота Барбарисыч' },

  lastName: { typed: 'Вымыслова-Тестовская', spellings: ['Vymyslova-Testovskaya', 'Вымыслова'] },
  firstName: { typed: 'Ромуальда', spellings: ['Romualda'] },
  middleName: { typed: 'Евстигнеевна', spellings: ['Evstigneevna'] },
  birthDate: date('19.03.1987'),
  birthPlace: { typed: 'посёлок Небывальский' },
  phone: { typed: '9000000061' },
  homePhone: { typed: '9000000062' },
  email: { typed: 'romualda.mark@example.ru', spellings: ['romualda.mark'] },
  emailSecond: { typed: 'evst.second@example.com', spellings: ['evst.second'] },
  callTime: { typed: 'строго полпервого ночи' },
  snils: { typed: '900-000-073 98' },
  inn: { typed: '999900007399' },

  passport: { typed: '4519084617', spellings: ['084617'] },
  passportIssuedDate: date('21.05.2007'),
  passportIssuedCode: { typed: '770-419' },
  passportIssuedBy: { typed: 'ОВД Небывалого района города Запридумска' },
  passportExpirationDate: date('17.06.2032'),

  registrationRegion: { typed: 'Вымышленская обл' },
  registrationCity: { typed: 'Запридумск' },
  registrationIndex: { typed: '164219' },
  registrationStreet: { typed: 'ул Выдуманная' },
  registrationHouse: { typed: '73к8' },
  registrationHousing: { typed: '94Ж' },
  registrationApartment: { typed: '817Э' },
  residenceRegion: { typed: 'Мнимогорский край' },
  residenceCity: { typed: 'Мнимогорск' },
  residenceIndex: { typed: '352817' },
  residenceStreet: { typed: 'пер Несуществующий' },
  residenceHouse: { typed: '58Ю6' },
  residenceHousing: { typed: '63Ъ' },
  residenceApartment: { typed: '629Щ' },

  jobPlace: { typed: 'ООО «Фантомтрест»', spellings: ['Фантомтрест'] },
  jobPosition: { typed: 'Старший выдумщик' },
  jobIncome: { typed: '73951' },
  jobStartDate: date('04.09.2013'),
  jobPhone: { typed: '9000000063' },
  jobAddress: { typed: 'пл Обманная, владение третье' },
  jobRegion: { typed: 'Миражная обл' },
  jobCity: { typed: 'Миражинск' },
  jobStreet: { typed: 'ул Дальне-Миражная' },
  jobHouse: { typed: '47Ё2' },
  jobHousing: { typed: '86Ы' },

  guarantorName: { typed: 'Поручителев Аполлинарий' },
  guarantorType: { typed: 'Троюродный дядюшка' },
  guarantorPhone: { typed: '9000000064' },
}

/** What the applicant enters at first and corrects. */
export const mistakes: Readonly<Record<string, MarkedValue>> = {
  phone: { typed: '900000006' + '9999' },
  email: { typed: 'romualda.error@gmial.com', spellings: ['romualda.error'] },
  lastName: { typed: 'Ceckbrjdf', spellings: ['Сусликова'] },
  snils: { typed: '900-000-073 11' },
  code: { typed: '518427' },
}

/** The phone that the applicant gives when the lender refuses the first one. */
export const otherPhone = '9000000065'

/** The code that comes by SMS. */
export const smsCode = '739264'
