import type { FiveCrmConfig, FiveCrmMethod } from '../../../src/providers/fivecrm/config.ts'
import { fivecrm } from '../../../src/providers/fivecrm/index.ts'
import type { Operation } from '../../../src/providers/core/provider.ts'
import type { CallContext } from '../../../src/providers/core/context.ts'
import { type DocumentedParameter, documentedParameter } from '../support/documented-parameters.ts'
import { fullContext } from '../support/full-lead.ts'
import type { OtherCall, ContractSubject } from '../support/contract-subject.ts'

const publicToken = 'invented-public-token-0123456789'
const secretToken = 'invented-secret-token-9876543210'

const access = documentedParameter('public_token', 'string', undefined, publicToken)
const utm: readonly DocumentedParameter[] = [
  documentedParameter('utm_source', 'string', 255, 'source of utm'),
  documentedParameter('utm_campaign', 'string', 255, 'campaign of utm'),
  documentedParameter('utm_medium', 'string', 255, 'medium of utm'),
  documentedParameter('utm_term', 'string', 255, 'term of utm'),
  documentedParameter('utm_content', 'string', 255, 'content of utm'),
]
const phone = documentedParameter('phone', 'string', 255, '+79000000042')
const email = documentedParameter('email', 'string', 255, 'ynna@example.ru')
const manager = documentedParameter('manager_id', 'integer', undefined, '11')
const author = documentedParameter('author_id', 'integer', undefined, '12')
const fullName = 'Вымыслова Ынна Ёлковна'
const title = documentedParameter('name', 'string', 255, `Заявка: ${fullName}`)
const words = ['Срок, дней: 30', 'Цель: ремонт крыши', 'Вид займа: до зарплаты', 'Когда звонить: после шести']
const comment = 'Комментарий: звоните на второй номер'
const consents = [
  'СОПД v2026-09-01 22.11.2026 12:00 мск',
  'Согласие на передачу v2026-09-01 22.11.2026 12:00 мск',
]
const subIds = [
  'channel: vk',
  'subId1: sub one',
  'subId2: sub two',
  'subId3: sub three',
  'subId4: sub four',
  'subId5: sub five',
]
const allAttribution = [...subIds, ...utm.map(({ path, sent }) => `${path}: ${String(sent)}`)]
const lines = (...groups: readonly (readonly string[])[]): string => groups.flat().join('\n')

/** A parameter without a source in a lead: a rule of `fields` fills it. */
const rulesOnly = (path: string): DocumentedParameter =>
  documentedParameter(path, 'string', 255, `by rule: ${path}`)

/** ctm/form/send: the token and 13. */
const form: readonly DocumentedParameter[] = [
  access,
  documentedParameter('url', 'string', undefined, 'https://landing.example.ru/loan'),
  email,
  phone,
  documentedParameter('name', 'string', 255, fullName),
  ...utm,
  documentedParameter('sum', 'integer', undefined, '50000'),
  documentedParameter('description', 'string', 500, lines(words, [comment], consents, subIds)),
  rulesOnly('guid'),
  rulesOnly('gaid'),
]

/** public/deal/add: the token, 22, and f_1 to f_50. */
const deal: readonly DocumentedParameter[] = [
  access,
  documentedParameter('stage_id', 'integer', undefined, '2'),
  documentedParameter('funnel_id', 'integer', undefined, '1'),
  author,
  manager,
  documentedParameter('status_id', 'integer', undefined, '3'),
  documentedParameter('type_id', 'integer', undefined, '4'),
  documentedParameter('source_id', 'integer', undefined, '5'),
  title,
  documentedParameter('sum', 'integer', undefined, '50000'),
  documentedParameter('sum_original', 'integer', undefined, '50000'),
  documentedParameter('description', 'string', 500, lines(words, consents, subIds)),
  ...utm,
  documentedParameter('website', 'string', 255, 'https://landing.example.ru/loan'),
  documentedParameter('comment', 'string', 255, 'звоните на второй номер'),
  rulesOnly('gaid'),
  email,
  phone,
  documentedParameter('client_name', 'string', 255, fullName),
  ...Array.from({ length: 50 }, (_, index) => {
    const values = { [`custom.f_${index + 1}`]: `custom ${index + 1}` }
    return documentedParameter(`f_${index + 1}`, 'string', 255, `custom ${index + 1}`, { values })
  }),
]

/** public/contact/add: the token and 31. */
const contact: readonly DocumentedParameter[] = [
  access,
  documentedParameter('name', 'string', 255, 'Ынна'),
  documentedParameter('surname', 'string', 255, 'Вымыслова'),
  documentedParameter('middlename', 'string', 255, 'Ёлковна'),
  phone,
  documentedParameter('phone_second', 'string', 255, '+74950000001'),
  email,
  documentedParameter('email_second', 'string', 255, 'ynna.second@example.ru'),
  documentedParameter('position', 'string', 255, 'Сказочница'),
  rulesOnly('website'),
  documentedParameter('company_id', 'integer', undefined, '13'),
  manager,
  author,
  ...utm,
  rulesOnly('gaid'),
  rulesOnly('guid'),
  rulesOnly('fax'),
  rulesOnly('skype'),
  rulesOnly('icq'),
  documentedParameter('age', 'string', 255, '36'),
  rulesOnly('vk'),
  rulesOnly('fb'),
  rulesOnly('linkedin'),
  rulesOnly('map_position'),
  rulesOnly('country'),
  documentedParameter('city', 'string', 255, 'Несуществуйск'),
  documentedParameter(
    'address',
    'string',
    255,
    '101000, Несуществующий край, Несуществуйск, пер Небывалый, д. 5/1, корп. 6Б, кв. 77',
  ),
  rulesOnly('metro'),
]

/** public/task/add: the token and 11. */
const task: readonly DocumentedParameter[] = [
  access,
  manager,
  author,
  documentedParameter('type_id', 'integer', undefined, '4'),
  documentedParameter('status_id', 'integer', undefined, '3'),
  documentedParameter('priority_id', 'integer', undefined, '6'),
  title,
  documentedParameter(
    'description',
    'string',
    1000,
    lines(['Сумма: 50 000 ₽'], words, [comment], consents, allAttribution),
  ),
  documentedParameter('date_expired', 'string', undefined, '31.12.2026'),
  documentedParameter('estimate_hour', 'integer', undefined, '1'),
  documentedParameter('estimate_minute', 'integer', undefined, '30'),
  documentedParameter('estimate_day', 'integer', undefined, '2'),
]

/** public/company/add: the token and 7. */
const company: readonly DocumentedParameter[] = [
  access,
  documentedParameter('name', 'string', 255, 'ООО «Вымысел»'),
  phone,
  email,
  documentedParameter('city', 'string', 255, 'Примерск'),
  rulesOnly('website'),
  manager,
  author,
]

const documents: Readonly<Record<FiveCrmMethod, readonly DocumentedParameter[]>> = {
  form,
  deal,
  contact,
  company,
  task,
}

const options = {
  publicToken,
  secretToken,
  funnelId: 1,
  stageId: 2,
  statusId: 3,
  typeId: 4,
  sourceId: 5,
  priorityId: 6,
  managerId: 11,
  authorId: 12,
  companyId: 13,
  dateExpired: '31.12.2026',
  estimateHour: 1,
  estimateMinute: 30,
  estimateDay: 2,
}

const accepted = { outcome: 'accepted' }
const invalidPhone = {
  outcome: 'invalid',
  issues: [{ field: 'phone', message: 'Некорректный номер телефона.' }],
}
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

const outcomes = {
  '200-accepted': accepted,
  '200-accepted-boolean': accepted,
  '200-empty': uncertain(200),
  '200-error': { outcome: 'declined', reason: 'Не получилось.' },
  '200-fields': accepted,
  '200-funnels': accepted,
  '200-garbage': uncertain(200),
  '200-html': uncertain(200),
  // 5CRM's own page script receives responses in this wrapper.
  '200-jsonp': accepted,
  '200-managers': accepted,
  '200-no': { outcome: 'declined', reason: 'Не получилось.' },
  '200-no-token': { outcome: 'refused', reason: 'Wrong token.' },
  '200-no-with-errors': invalidPhone,
  '200-truncated': uncertain(200),
  '204-nothing': uncertain(204),
  '301-redirect': unreadable(301),
  '401-unauthorized': { outcome: 'refused', reason: 'Unauthorized' },
  '403-refused': { outcome: 'refused', reason: 'status 403' },
  '404-not-found': unreadable(404),
  '422-wrong-field': invalidPhone,
  '422-wrong-token': {
    outcome: 'refused',
    reason: 'parameter public_token: The selected public token is invalid.',
  },
  '429-too-many-requests': unavailable(429),
  '500-error': uncertain(500),
  '500-html': uncertain(500),
  '503-unavailable': unavailable(503),
}

/** A task has no phone, so nobody typed what the error is about. */
const unknownParameter = {
  outcome: 'refused',
  reason: 'parameter phone: Некорректный номер телефона.',
}
const taskOutcomes = { '200-no-with-errors': unknownParameter, '422-wrong-field': unknownParameter }

function list<Answer>(
  name: string,
  { request, outcome }: Operation<FiveCrmConfig, CallContext, Answer>,
): OtherCall<FiveCrmConfig> {
  return {
    name,
    request: (config) => request(config, { now: fullContext.now }),
    read: (result, config) => outcome(result, config, { now: fullContext.now }),
    isSuccess: (answer) => typeof answer === 'object' && answer !== null && 'items' in answer,
  }
}

const { customFields, funnels, managers } = fivecrm.operations

/** 5CRM with one of its methods. */
export function fiveCrmSubject(method: FiveCrmMethod): ContractSubject<FiveCrmConfig> {
  const rules = documents[method].filter(({ sent }) => String(sent).startsWith('by rule'))
  return {
    title: `fivecrm, ${method}`,
    provider: fivecrm,
    options: {
      ...options,
      method,
      fields: {
        ...Object.fromEntries(rules.map(({ path, sent }) => [path, { value: sent }])),
        ...(method === 'deal' ? { sum_original: 'amount' } : {}),
      },
    },
    // The public token is no secret, but no outcome contains it either.
    credentials: [secretToken, publicToken],
    document: documents[method],
    // A public client sends a deal's custom fields with a form, too.
    undocumented: method === 'form' ? Array.from({ length: 50 }, (_, index) => `f_${index + 1}`) : [],
    sent: ({ body = '' }) => [...new URLSearchParams(body)],
    texts: true,
    outcomes: method === 'task' ? { ...outcomes, ...taskOutcomes } : outcomes,
    errorAbout: (path) => ({
      status: 422,
      body: JSON.stringify({ message: 'The given data was invalid.', errors: { [path]: ['Так нельзя'] } }),
    }),
    saysAccepted: (body) => /"ans"\s*:\s*(?:"true"|true)/.test(body),
    otherCalls: [list('customFields', customFields), list('funnels', funnels), list('managers', managers)],
  }
}
