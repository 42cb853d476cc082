import type { HttpConfig } from '../../../src/providers/http/config.ts'
import { http } from '../../../src/providers/http/index.ts'
import { bodyLeaves, documentedParameter } from '../support/documented-parameters.ts'
import type { ContractSubject } from '../support/contract-subject.ts'

const token = 'invented-network-token'
const key = 'invented-network-key'

/** An invented interface. All its values are described by its options, so no parameter has a type or a limit. */
const document = [
  documentedParameter('phone', 'string', undefined, '+79000000042'),
  documentedParameter('person.name', 'string', undefined, 'Вымыслова Ынна'),
  documentedParameter('person.birth', 'string', undefined, '05.09.1990'),
  documentedParameter('person.gender', 'string', undefined, 'F'),
  documentedParameter('loan.amount', 'string', undefined, 50_000),
  documentedParameter('loan.term', 'string', undefined, 30),
  documentedParameter('contacts.0.value', 'string', undefined, '9000000042'),
  documentedParameter('contacts.0.kind', 'string', undefined, 'mobile'),
  documentedParameter('subid', 'string', undefined, 'sub one'),
  documentedParameter('consent', 'string', undefined, true),
  documentedParameter('received', 'string', undefined, '2026-11-22 12:00:05'),
  documentedParameter('key', 'string', undefined, key),
]

const unreadable = (status: number, mayHaveArrived: boolean) => ({
  outcome: 'unreadable',
  reason: `status ${status}, an answer that no rule of "outcomes" meets`,
  mayHaveArrived,
})

/** An interface that is described as data. */
export const httpSubject: ContractSubject<HttpConfig> = {
  title: 'http',
  provider: http,
  options: {
    name: 'network',
    url: 'https://api.example.ru/v1/applications',
    headers: { 'X-ACCOUNT-TOKEN': { secret: token } },
    fields: {
      phone: 'phone',
      'person.name': { template: '{lastName} {firstName}' },
      'person.birth': { field: 'birthDate', date: 'dd.MM.yyyy' },
      'person.gender': { field: 'gender', map: { female: 'F', male: 'M' } },
      'loan.amount': 'amount',
      'loan.term': 'termDays',
      'contacts.0.value': { field: 'phone', digits: 10 },
      'contacts.0.kind': { value: 'mobile', with: 'phone' },
      subid: { template: '{subId1}' },
      consent: { value: true, with: 'consents.processing' },
      received: { moment: 'received', date: 'yyyy-MM-dd HH:mm:ss' },
      key: { secret: key },
    },
    outcomes: [
      { status: [200, 201], path: 'status', oneOf: ['approved', 'new'], outcome: 'accepted', id: 'data.id' },
      { status: [409], outcome: 'duplicate' },
      { status: [400, 422], outcome: 'invalid', issues: { path: 'errors', fields: { phone: 'phone' } } },
      { status: [401, 403], outcome: 'refused' },
      { status: [429], outcome: 'unavailable' },
    ],
  },
  credentials: [token, key],
  document,
  sent: ({ body = '' }) => bodyLeaves(JSON.parse(body)),
  outcomes: {
    '200-accepted': { outcome: 'accepted', providerId: '77' },
    '200-accepted-without-id': { outcome: 'accepted' },
    '200-empty': unreadable(200, true),
    '200-garbage': unreadable(200, true),
    '200-html': unreadable(200, true),
    '200-other': unreadable(200, true),
    '200-truncated': unreadable(200, true),
    '204-nothing': unreadable(204, true),
    '301-redirect': unreadable(301, false),
    '401-unauthorized': { outcome: 'refused', reason: 'status 401' },
    '404-not-found': unreadable(404, false),
    '409-duplicate': { outcome: 'duplicate' },
    '422-unknown-parameter': { outcome: 'refused', reason: 'parameter of the answer refused' },
    '422-unreadable': { outcome: 'declined', reason: 'status 422' },
    '422-wrong-field': {
      outcome: 'invalid',
      issues: [
        { field: 'phone', message: 'Неверный номер' },
        { field: 'birthDate', message: 'Неверная дата' },
      ],
    },
    '429-too-many-requests': { outcome: 'unavailable', reason: 'status 429', mayHaveArrived: false },
    '500-html': unreadable(500, true),
    '503-unavailable': unreadable(503, false),
  },
  errorAbout: (path) => ({ status: 422, body: JSON.stringify({ errors: { [path]: 'Неверное значение' } }) }),
  saysAccepted: (body) => /"status"\s*:\s*"(?:approved|new)"/.test(body),
}
