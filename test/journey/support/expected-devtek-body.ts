import type { Person } from './person.ts'

/** What differs from one page to another. */
export interface LandingPage {
  readonly url: string
}

const cityKladr = {
  Москва: '7700000000000',
  'Санкт-Петербург': '7800000000000',
  Севастополь: '9200000000000',
} as const

/**
 * The body that Devtek's document asks for: https://api.devtek.ru/new-lead/, built by hand from its table. `sopd_date`
 * is the moment of receipt and is compared apart.
 */
export function expectedDevtekBody(person: Person, landing: LandingPage, sopdDate: string) {
  return {
    id_webmaster: 123,
    // The sandbox itself checked it, and shows no credential.
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
