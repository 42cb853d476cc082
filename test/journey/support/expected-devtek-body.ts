import type { Person } from './person.ts'

/** The landing page from which a lead was sent. */
export interface LandingPage {
  readonly url: string
}

const cityKladr = {
  Москва: '7700000000000',
  'Санкт-Петербург': '7800000000000',
  Севастополь: '9200000000000',
} as const

/**
 * The body that Devtek's document requires (https://api.devtek.ru/new-lead/), written from its table without the
 * adapter. `sopd_date` is the time of receipt, which tests compare separately.
 */
export function expectedDevtekBody(person: Person, landing: LandingPage, sopdDate: string) {
  return {
    id_webmaster: 123,
    // The sandbox checks the token and shows it redacted.
    token: '••••••',
    data: {
      main: {
        last_name: person.lastName,
        first_name: person.firstName,
        ...(person.middleName === undefined ? {} : { middle_name: person.middleName }),
        birthday: person.birthday,
        phone: `+790000000${person.phoneEnd}`,
        ...(person.email === undefined ? {} : { email: person.email }),
        kladr: cityKladr[person.city],
        amount: person.amount,
        sopd_date: sopdDate,
        sopd_site: `${landing.url}/`,
        sopd_general: `${landing.url}/documents/processing-2026-09-01.html`,
      },
      detailed: {
        passport_series: person.passportSeries,
        passport_number: person.passportNumber,
        passport_issued_date: person.passportIssuedDate,
        passport_issued: person.passportIssuedBy,
        passport_issued_code: person.passportIssuedCode,
      },
    },
  }
}

/** The body that the document requires for the whole form, with {@link fullAnswers}. */
export function expectedFullDevtekBody(person: Person, landing: LandingPage, sopdDate: string) {
  const short = expectedDevtekBody(person, landing, sopdDate)
  return {
    ...short,
    data: {
      main: { ...short.data.main, credit_history: 2, sopd_site: `${landing.url}/full` },
      detailed: {
        ...short.data.detailed,
        registration_region: 'Примерская обл',
        registration_city: 'Примерск',
        registration_index: '101000',
        registration_street: 'ул Вымышленная',
        registration_house: '12к2',
        registration_apartment: '7А',
        deposit: 3,
      },
      job: {
        city: 'Примерск',
        place: 'ООО «Вымысел»',
        monthly_income: 45_000,
        experience: 13,
        phone: '+79000000099',
        employment: 4,
        position: 'Администратор',
      },
    },
  }
}

/** What is typed into the steps that only the whole form has, by step and field. */
export const fullAnswers = {
  address: {
    registrationRegion: 'Примерская обл',
    registrationCity: 'Примерск',
    registrationIndex: '101000',
    registrationStreet: 'ул Вымышленная',
    registrationHouse: '12к2',
    registrationApartment: '7А',
  },
  job: {
    jobPlace: 'ООО «Вымысел»',
    jobPosition: 'Администратор',
    jobExperienceMonths: 13,
    jobPhone: '8 900 000 00 99',
    jobCity: 'Примерск',
    jobIncome: '45 000',
  },
} as const
