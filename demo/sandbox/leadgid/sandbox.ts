import { type Check, integer, isoDate, objectOf, oneOf, text } from '../core/check-json.ts'
import { isRecord } from '../core/json.ts'
import { createJsonSandbox, type JsonSandbox } from '../core/json-sandbox.ts'
import { jsonResponse } from '../core/response.ts'

const moment = text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/, 'a moment in ISO 8601 with its offset')

/** What public integrations send. LeadGid gives its document to partners only. */
const application: Check = objectOf(
  {
    last_name: text(),
    first_name: text(),
    patronymic: text(),
    gender: oneOf('male', 'female'),
    birth_date: isoDate,
    phone: text(/^9\d{9}$/, 'ten digits without +7'),
    email: text(/^\S+@\S+$/, 'an e-mail address'),
    amount: integer,
    term: integer,
    purpose: text(),
    region: text(),
    city: text(),
    loan_city: text(),
    passport: text(/^\d{10}$/, 'ten digits'),
    passport_issue_date: isoDate,
    passport_issued_by: text(),
    passport_unit_code: text(/^\d{3}-\d{3}$/, 'a code of a department'),
    pers_data_consent: oneOf(true),
    pers_data_consent_date: moment,
    adv_consent: oneOf(true),
    adv_consent_date: moment,
    ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`subid${index + 1}`, text()])),
  },
  ['phone', 'first_name', 'last_name', 'pers_data_consent'],
)

/** Creates a server that simulates LeadGid's universal application for Russia. A phone is taken once. */
export function createLeadGidSandbox(options: {
  readonly token: string
  readonly now: () => Date
}): JsonSandbox {
  const { token, now } = options
  const phones = new Set<unknown>()
  return createJsonSandbox({
    name: 'LeadGid',
    accepts: 'Принимает универсальную заявку: /universal/v1/ru/applications.',
    path: '/universal/v1/ru/applications',
    now,
    secrets: [token],
    body: application,
    isAuthorized: ({ header }) => header('x-account-token') === token,
    unauthorized: jsonResponse(401, { message: 'Unauthorized' }),
    invalid: (deviations) =>
      jsonResponse(422, {
        message: deviations.map(({ path, expected }) => `${path}: ${expected}`).join('; '),
      }),
    accepted(body) {
      const phone = isRecord(body) ? body['phone'] : undefined
      if (phones.has(phone)) return jsonResponse(406, { message: 'Not acceptable' })
      phones.add(phone)
      const number = String(phones.size).padStart(12, '0')
      return jsonResponse(201, { data: { id: `00000000-0000-4000-8000-${number}` } })
    },
    isAccepted: (status) => status === 201,
    reset: () => phones.clear(),
  })
}
