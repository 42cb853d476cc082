import type { DevtekConfig } from '../../../src/providers/devtek/config.ts'
import { devtek } from '../../../src/providers/devtek/index.ts'
import {
  type DocumentedParameter,
  bodyLeaves,
  documentedParameter,
} from '../support/documented-parameters.ts'
import type { ContractSubject } from '../support/contract-subject.ts'

const token = 'invented-token-0123456789abcdef0'

/** The rows of https://devtek.io/docs/guide, "new-lead": 2, then 19 of main, 18 of detailed, 14 of job. */
const document: readonly DocumentedParameter[] = [
  documentedParameter('id_webmaster', 'integer', undefined, 123),
  documentedParameter('token', 'string', 32, token),

  documentedParameter('main.last_name', 'string', 255, 'Вымыслова'),
  documentedParameter('main.first_name', 'string', 255, 'Ынна'),
  documentedParameter('main.middle_name', 'string', 255, 'Ёлковна'),
  documentedParameter('main.birthday', 'date', 255, '05.09.1990'),
  documentedParameter('main.phone', 'string', 255, '+79000000042'),
  documentedParameter('main.email', 'string', 255, 'ynna@example.ru'),
  documentedParameter('main.kladr', 'string', 13, '7200000100000'),
  documentedParameter('main.amount', 'integer', 10, 50_000),
  documentedParameter('main.credit_history', 'integer', 1, 2),
  documentedParameter('main.sopd_date', 'string', 255, '22.11.2026 12:00:05'),
  documentedParameter('main.sopd_site', 'string', 255, 'https://landing.example.ru/loan'),
  documentedParameter(
    'main.sopd_general',
    'string',
    255,
    'https://landing.example.ru/processing/2026-09-01.html',
  ),
  documentedParameter('main.sopd_signed', 'string', 255, 'https://relay.example.ru/signed/1.pdf'),
  documentedParameter('main.channel', 'string', 255, 'vk'),
  documentedParameter('main.sub_id1', 'string', 255, 'sub one'),
  documentedParameter('main.sub_id2', 'string', 255, 'sub two'),
  documentedParameter('main.sub_id3', 'string', 255, 'sub three'),
  documentedParameter('main.sub_id4', 'string', 255, 'sub four'),
  documentedParameter('main.sub_id5', 'string', 255, 'sub five'),

  documentedParameter('detailed.passport_series', 'string', 255, '0315'),
  documentedParameter('detailed.passport_number', 'string', 255, '000050'),
  documentedParameter('detailed.passport_issued_date', 'date', 255, '06.10.2015'),
  documentedParameter('detailed.passport_issued', 'string', 255, 'ОВД города Вымышленска'),
  documentedParameter('detailed.passport_issued_code', 'string', 255, '720-001'),
  documentedParameter('detailed.registration_region', 'string', 255, 'Вымышленская область'),
  documentedParameter('detailed.registration_city', 'string', 255, 'Вымышленск'),
  documentedParameter('detailed.registration_index', 'string', 255, '625027'),
  documentedParameter('detailed.registration_street', 'string', 255, 'ул Придуманная'),
  documentedParameter('detailed.registration_street_kladr', 'string', 255, '72000001000024100'),
  documentedParameter('detailed.registration_city_kladr', 'string', 255, '7200000100001'),
  documentedParameter('detailed.registration_region_kladr', 'string', 255, '7200000000000'),
  documentedParameter('detailed.registration_house', 'string', 255, '12к2'),
  documentedParameter('detailed.registration_house_kladr', 'string', 255, '7200000100002410001'),
  documentedParameter('detailed.registration_housing', 'string', 255, '3А'),
  documentedParameter('detailed.registration_housing_kladr', 'string', 255, '7200000100002410002'),
  documentedParameter('detailed.registration_apartment', 'string', 255, '145'),
  documentedParameter('detailed.deposit', 'integer', 1, 3),

  documentedParameter('job.region', 'string', 255, 'Рабочая область'),
  documentedParameter('job.city', 'string', 255, 'Работнинск'),
  documentedParameter('job.street', 'string', 255, 'ул Рабочая'),
  documentedParameter('job.house', 'string', 255, '9'),
  documentedParameter('job.housing', 'string', 255, '8В'),
  documentedParameter('job.region_kladr', 'string', 255, '5000000000000'),
  documentedParameter('job.city_kladr', 'string', 255, '5000000100000'),
  documentedParameter('job.street_kladr', 'string', 255, '50000001000024100'),
  documentedParameter('job.place', 'string', 255, 'ООО «Вымысел»'),
  documentedParameter('job.monthly_income', 'integer', 10, 45_000),
  documentedParameter('job.experience', 'integer', 10, 18),
  documentedParameter('job.phone', 'string', 12, '+79000000043'),
  // The document gives no limit.
  documentedParameter('job.employment', 'integer', 255, 4),
  documentedParameter('job.position', 'string', 255, 'Сказочница'),
]

const invalidPhone = {
  outcome: 'invalid',
  issues: [{ field: 'phone', message: 'Введите правильный номер телефона' }],
}
const unreadable = (status: number, mayHaveArrived: boolean) => ({
  outcome: 'unreadable',
  reason: `status ${status}, not a documented answer`,
  mayHaveArrived,
})
const unavailable = (status: number, mayHaveArrived: boolean) => ({
  outcome: 'unavailable',
  reason: `status ${status}`,
  mayHaveArrived,
})

/** Devtek. */
export const devtekSubject: ContractSubject<DevtekConfig> = {
  title: 'devtek',
  provider: devtek,
  options: { idWebmaster: 123, token, signedConsentUrl: 'https://relay.example.ru/signed/1.pdf' },
  credentials: [token],
  document,
  // The SDK sends these for a place without a code.
  undocumented: ['main.registration_region', 'main.registration_city'],
  // A landline is not sent.
  dropped: ['job.phone'],
  sent({ body = '' }) {
    const { data, ...access }: Readonly<Record<string, unknown>> = JSON.parse(body)
    return [...bodyLeaves(access), ...bodyLeaves(data)]
  },
  outcomes: {
    '200-accepted': { outcome: 'accepted', providerId: '999999' },
    '200-duplicate': { outcome: 'duplicate' },
    '200-empty': unreadable(200, true),
    '200-error': { outcome: 'declined', reason: 'Server error' },
    '200-garbage': unreadable(200, true),
    '200-html': unreadable(200, true),
    '200-jsonp': unreadable(200, true),
    '200-truncated': unreadable(200, true),
    '200-wrong-field': invalidPhone,
    '204-nothing': unreadable(204, true),
    '301-redirect': unreadable(301, false),
    '400-wrong-field': invalidPhone,
    '401-unauthorized': { outcome: 'refused', reason: 'Unauthorized' },
    '403-refused': { outcome: 'refused', reason: 'Access denied' },
    '404-not-found': unreadable(404, false),
    '429-too-many-requests': unavailable(429, false),
    '500-error': unavailable(500, true),
    '500-html': unavailable(500, true),
    '503-unavailable': unavailable(503, true),
  },
  errorAbout: (path) => ({
    status: 200,
    body: JSON.stringify({
      result: 'bad',
      data: [],
      errors: [`Field "${path.replace(/^.*\./, '')}" error: Так нельзя`],
    }),
  }),
  saysAccepted: (body) => /"result"\s*:\s*"ok"/.test(body),
}
