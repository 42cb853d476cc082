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
