import type { LotinfoConfig } from '../../../src/providers/lotinfo/config.ts'
import { lotinfo } from '../../../src/providers/lotinfo/index.ts'
import {
  type DocumentedParameter,
  bodyLeaves,
  documentedParameter,
} from '../support/documented-parameters.ts'
import type { ContractSubject } from '../support/contract-subject.ts'

const token = 'invented-lotinfo-token-0123456789'

/** The five parameters of every contact. */
function contact(
  index: number,
  type: string,
  value: string,
  comment: string,
  spy: 1 | undefined,
): readonly DocumentedParameter[] {
  const path = `contacts.${index}`
  return [
    documentedParameter(`${path}.type`, 'string', undefined, type),
    documentedParameter(`${path}.value`, 'string', undefined, value),
    documentedParameter(`${path}.general`, 'integer', undefined, 0),
    documentedParameter(`${path}.comment`, 'string', undefined, comment),
    documentedParameter(`${path}.spy`, 'integer', undefined, spy),
  ]
}

const byName = { options: { cityId: undefined, regionId: undefined } }

/**
 * The rows of PUT CLIENTS: the token and the encoding, 20 of a client, 5 of a contact, 1 of a comment, 9 of the
 * passport, 4 of an object, 2 of an order. The document has no limits. Series and number are integers in its table and
 * texts in its sample: as texts they keep leading zeros.
 */
const document: readonly DocumentedParameter[] = [
  documentedParameter('token', 'string', undefined, token),
  documentedParameter('encoding', 'integer', undefined, 1),

  documentedParameter('userId', 'integer', undefined, 5),
  documentedParameter('apiIdExchange', 'integer', undefined, 7),
  documentedParameter('fioF', 'string', undefined, 'Вымыслова'),
  documentedParameter('fioI', 'string', undefined, 'Ынна'),
  documentedParameter('fioO', 'string', undefined, 'Ёлковна'),
  documentedParameter('fioDesc', 'string', undefined, 'С сайта, vk'),
  documentedParameter('sex', 'string', undefined, 'female'),
  documentedParameter('birthday', 'date', undefined, '05.09.1990'),
  documentedParameter('deeps', 'integer', undefined, 3),
  documentedParameter('deepon', 'integer', undefined, 1),
  documentedParameter('clientc', 'integer', undefined, 3),
  documentedParameter('family', 'integer', undefined, 1),
  documentedParameter(
    'address',
    'string',
    undefined,
    '101000, Несуществующий край, Несуществуйск, пер Небывалый, д. 5/1, корп. 6Б, кв. 77',
  ),
  documentedParameter('regionId', 'integer', undefined, 40, { options: { cityId: undefined } }),
  documentedParameter('cityId', 'integer', undefined, 536),
  documentedParameter('regionName', 'string', undefined, 'Примерская область', byName),
  documentedParameter('cityName', 'string', undefined, 'Примерск', byName),
  documentedParameter('userCategory', 'list', undefined, [10, 12]),
  documentedParameter('clientType', 'integer', undefined, 1),
  documentedParameter('agency', 'string', undefined, 'Агентство'),

  ...contact(0, 'mobile', '79000000042', 'Основной', 1),
  ...contact(1, 'city', '84950000001', 'Домашний', 1),
  ...contact(2, 'mobile', '79000000043', 'Рабочий', 1),
  ...contact(3, 'email', 'ynna@example.ru', 'Личная', undefined),
  ...contact(4, 'email', 'ynna.second@example.ru', 'Вторая', undefined),
  ...contact(5, 'other', '@ynna', 'Мессенджер', undefined),

  documentedParameter('comments.0.value', 'string', undefined, 'Сумма 50000 на 30 дней'),
  documentedParameter(
    'comments.1.value',
    'string',
    undefined,
    'СОПД v2026-09-01 22.11.2026 12:00 мск; Согласие на передачу v2026-09-01 22.11.2026 12:00 мск',
  ),

  documentedParameter('passport.serial', 'string', undefined, '0315'),
  documentedParameter('passport.number', 'string', undefined, '000050'),
  documentedParameter('passport.sended', 'string', undefined, 'ОВД города Вымышленска'),
  documentedParameter('passport.dateSended', 'date', undefined, '06.10.2015'),
  documentedParameter('passport.codePod', 'string', undefined, '720-001'),
  documentedParameter('passport.placeBirth', 'string', undefined, 'гор. Вымышленск'),
  documentedParameter(
    'passport.propiska',
    'string',
    undefined,
    '625027, Вымышленская область, Вымышленск, ул Придуманная, д. 12к2, корп. 3А, кв. 145',
  ),
  documentedParameter(
    'passport.placeHome',
    'string',
    undefined,
    '101000, Несуществующий край, Несуществуйск, пер Небывалый, д. 5/1, корп. 6Б, кв. 77',
  ),
  documentedParameter('passport.snils', 'string', undefined, '112-233-445 95'),

  documentedParameter('objects.0.id', 'integer', undefined, 235),
  documentedParameter('objects.0.name', 'string', undefined, 'Ынна'),
  documentedParameter('objects.0.lpr', 'integer', undefined, 1),
  documentedParameter('objects.0.doled', 'string', undefined, '1/3'),

  documentedParameter('orders.0.id', 'integer', undefined, 789),
  documentedParameter('orders.0.name', 'string', undefined, 'Заём на 50000'),
]

const uncertain = (status: number) => ({
  outcome: 'uncertain',
  reason: `status ${status}, not a documented answer`,
})
const unreadable = (status: number) => ({
  outcome: 'unreadable',
  reason: `status ${status}, not a documented answer`,
  mayHaveArrived: false,
})
const unavailable = (status: number) => ({
  outcome: 'unavailable',
  reason: `status ${status}`,
  mayHaveArrived: false,
})
const noticed = {
  outcome: 'accepted',
  providerId: '101',
  notices: ['У объекта сменился главный владелец.'],
}

const notTaken = { outcome: 'declined', reason: 'Клиент не принят' }

/** Lotinfo. */
export const lotinfoSubject: ContractSubject<LotinfoConfig> = {
  title: 'lotinfo',
  provider: lotinfo,
  options: {
    token,
    encoding: 1,
    userId: 5,
    regionId: 40,
    cityId: 536,
    userCategory: [10, 12],
    clientType: 1,
    agency: 'Агентство',
    deeps: 3,
    deepon: 1,
    description: 'С сайта, {channel}',
    objects: [{ id: 235, name: '{firstName}', lpr: 1, doled: '1/3' }],
    orders: [{ id: 789, name: 'Заём на {amount}' }],
    comments: ['Сумма {amount} на {termDays} дней', '{consents}'],
    spy: 1,
    fields: {
      ...Object.fromEntries([0, 1, 2, 3, 4, 5].map((index) => [`contacts.${index}.general`, { value: 0 }])),
      'contacts.0.comment': { value: 'Основной' },
      'contacts.3.comment': { value: 'Личная' },
      'contacts.4.comment': { value: 'Вторая' },
      'contacts.5.value': { value: '@ynna' },
      'contacts.5.comment': { value: 'Мессенджер' },
    },
  },
  credentials: [token],
  document,
  sent({ url, body = '' }) {
    const { data, ...envelope }: Readonly<Record<string, unknown>> = JSON.parse(body)
    const [client]: readonly unknown[] = Array.isArray(data) ? data : []
    return [...new URL(url).searchParams, ...bodyLeaves(envelope), ...bodyLeaves(client)]
  },
  outcomes: {
    '200-accepted': { outcome: 'accepted', providerId: '101' },
    '200-accepted-encoded': noticed,
    '200-accepted-with-notices': noticed,
    '200-empty': uncertain(200),
    '200-error': notTaken,
    '200-garbage': uncertain(200),
    '200-html': uncertain(200),
    '200-jsonp': uncertain(200),
    '200-no-client': uncertain(200),
    '200-no-id': uncertain(200),
    '200-truncated': uncertain(200),
    '204-nothing': uncertain(204),
    '301-redirect': unreadable(301),
    '400-error': notTaken,
    '401-unauthorized': { outcome: 'refused', reason: 'Unauthorized' },
    '403-refused': { outcome: 'refused', reason: 'Нет доступа' },
    '404-not-found': unreadable(404),
    '429-too-many-requests': unavailable(429),
    '500-error': uncertain(500),
    '500-html': uncertain(500),
    '503-unavailable': unavailable(503),
  },
  errorAbout: (path) => ({
    status: 400,
    body: JSON.stringify({ errors: [{ field: path, message: 'Так нельзя' }] }),
  }),
  saysAccepted: (body) => /"result"\s*:\s*\[\s*\{[^]*"id"\s*:\s*"?[1-9]/.test(body),
}
