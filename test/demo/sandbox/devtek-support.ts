import { createDevtekSandbox, type DevtekSandbox } from '../../../demo/sandbox/devtek/sandbox.ts'
import type { DevtekSwitches } from '../../../demo/sandbox/devtek/switches.ts'

/** The credentials that the sandbox of these tests accepts. */
export const credentials = { id_webmaster: 123, token: 'sandbox-token-sandbox-token-0000' }
/** The headers of a JSON request. */
export const json = { 'content-type': 'application/json; charset=utf-8' }

/**
 * The document's example, without the space at the end of two values, with an e-mail address and with invented phones.
 */
export const exampleLead = {
  main: {
    phone: '+79000000001',
    last_name: 'Иванов',
    first_name: 'Иван',
    middle_name: 'Иванович',
    birthday: '03.11.1994',
    email: 'ivanov@example.ru',
    kladr: '7700000000000',
    amount: 50000,
    credit_history: 1,
    channel: 'test',
  },
  detailed: {
    passport_series: '1122',
    passport_number: '111222',
    passport_issued_date: '09.12.2008',
    passport_issued: 'Отделом 1 УФМС России по Тюменской области в Ленинском АО города Тюмени',
    passport_issued_code: '720-001',
    registration_region: 'Тюменская обл',
    registration_city: 'Тюмень',
    registration_index: '625027',
    registration_street: 'ул 50 лет Октября',
    registration_street_kladr: '72000001000024100',
    registration_city_kladr: '7200000100000',
    registration_region_kladr: '7200000000000',
    registration_house: '1',
    registration_house_kladr: null,
    registration_housing: null,
    registration_housing_kladr: null,
    registration_apartment: null,
  },
  job: {
    region: 'Тюменская область',
    city: 'Тюмень',
    street: 'Московская',
    house: '1',
    housing: null,
    region_kladr: null,
    city_kladr: null,
    street_kladr: null,
    place: 'Рога и копыта',
    monthly_income: 30000,
    experience: 13,
    phone: '+79000000002',
    employment: 1,
    position: 'Администратор',
  },
}

/** One section of a lead. */
export type Section = keyof typeof exampleLead

/** Creates a sandbox with a fixed clock. */
export function createTestDevtekSandbox(switches: Partial<DevtekSwitches> = {}) {
  const now = () => new Date('2026-11-22T09:00:00Z')
  return createDevtekSandbox({ idWebmaster: 123, token: credentials.token, now, switches })
}

/** The example with another value of one field; `undefined` leaves the field out. */
export function leadWith(section: Section, name: string, value: unknown) {
  return { ...exampleLead, [section]: { ...exampleLead[section], [name]: value } }
}

/** The example with another phone. */
export function withPhone(phone: string) {
  return leadWith('main', 'phone', phone)
}

/** Posts a body. */
export function postBody(sandbox: DevtekSandbox, body: unknown, path = '/new-lead/') {
  return sandbox.app.request(path, { method: 'POST', headers: json, body: JSON.stringify(body) })
}

/** Posts a lead with the correct credentials. */
export function postLead(sandbox: DevtekSandbox, data: unknown = exampleLead) {
  return postBody(sandbox, { ...credentials, data })
}

/** The errors of a new sandbox for a lead. */
export async function errorsOf(data: unknown, switches: Partial<DevtekSwitches> = {}): Promise<unknown> {
  const response: unknown = await (await postLead(createTestDevtekSandbox(switches), data)).json()
  return typeof response === 'object' && response && 'errors' in response ? response.errors : response
}
