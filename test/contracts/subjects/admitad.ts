import { admitad } from '../../../src/providers/admitad/index.ts'
import type { AdmitadConfig } from '../../../src/providers/admitad/config.ts'
import {
  buildApplicationListRequest,
  parseApplicationList,
} from '../../../src/providers/admitad/calls/application-status.ts'
import type { CallContext, HttpRequest, HttpResult } from '../../../src/providers/core/context.ts'
import { type DocumentedParameter, documentedParameter } from '../support/documented-parameters.ts'
import { fullContext } from '../support/full-lead.ts'
import type { OtherCall, ContractSubject } from '../support/contract-subject.ts'

const clientSecret = 'invented-client-secret-0123456789'
const accessToken = 'invented-access-token-9876543210'

/** The 53 rows of "Параметры заявки". */
const application: readonly DocumentedParameter[] = [
  documentedParameter('first_name', 'string', 100, 'Ынна'),
  documentedParameter('last_name', 'string', 100, 'Вымыслова'),
  documentedParameter('middle_name', 'string', 100, 'Ёлковна'),
  documentedParameter('birth_date', 'date', undefined, '05.09.1990'),
  documentedParameter('birth_place', 'string', 100, 'гор. Вымышленск'),
  documentedParameter('gender', 'string', 50, 'F'),
  documentedParameter('mobile_phone', 'string', 32, '+79000000042'),
  documentedParameter('phone', 'string', 32, '+74950000001'),
  documentedParameter('occupation', 'string', 100, 'постоянная работа по найму'),
  documentedParameter('work_date', 'date', undefined, '01.03.2025'),
  documentedParameter('work_salary', 'decimal', 12, '45000.00'),
  documentedParameter('work_organization', 'string', 100, 'ООО «Вымысел»'),
  documentedParameter('work_address', 'string', 100, 'Примерск, ул Рабочая, 9'),
  documentedParameter('work_phone', 'string', 32, '+79000000043'),
  documentedParameter('work_occupation', 'string', 100, 'Сказочница'),
  documentedParameter('work_region_name', 'string', 50, 'Рабочая область'),
  documentedParameter('work_city_name', 'string', 50, 'Работнинск'),
  documentedParameter('work_street', 'string', 50, 'ул Рабочая'),
  documentedParameter('work_house', 'string', 10, '9'),
  documentedParameter('email', 'string', 75, 'ynna@example.ru'),
  documentedParameter('inn', 'string', 16, '999900000160'),
  documentedParameter('passport_cn', 'string', 16, '0315000050'),
  documentedParameter('passport_date', 'date', undefined, '06.10.2015'),
  documentedParameter('passport_expiration_date', 'date', undefined, '04.12.2035'),
  documentedParameter('passport_title', 'string', 100, 'ОВД города Вымышленска'),
  documentedParameter('fact_region_name', 'string', 50, 'Несуществующий край'),
  documentedParameter('fact_city_name', 'string', 50, 'Несуществуйск'),
  documentedParameter('fact_street', 'string', 50, 'пер Небывалый'),
  documentedParameter('fact_house', 'string', 10, '5/1'),
  documentedParameter('fact_housing', 'string', 10, '6Б'),
  documentedParameter('fact_flat', 'string', 10, '77'),
  documentedParameter('reg_region_name', 'string', 50, 'Вымышленская область'),
  documentedParameter('reg_city_name', 'string', 50, 'Вымышленск'),
  documentedParameter('reg_street', 'string', 50, 'ул Придуманная'),
  documentedParameter('reg_house', 'string', 10, '12к2'),
  documentedParameter('reg_housing', 'string', 10, '3А'),
  documentedParameter('reg_flat', 'string', 10, '145'),
  documentedParameter('overdue_loans', 'string', 50, 'без просрочек'),
  documentedParameter('credit_sum', 'decimal', 12, '50000.00'),
  documentedParameter('credit_days', 'integer', undefined, '30'),
  documentedParameter('credit_purpose', 'string', 300, 'ремонт крыши'),
  documentedParameter('time_for_call', 'string', 300, 'после шести'),
  documentedParameter('guarator', 'string', 100, 'Небылицын Пётр'),
  documentedParameter('guarantor_type', 'string', 100, 'брат'),
  documentedParameter('guarantor_phone', 'string', 32, '+79000000044'),
  documentedParameter('product_type', 'string', 50, '7'),
  documentedParameter('personal_data_agent', 'string', 300, 'ООО «Пример»'),
  documentedParameter('application_received_date_by_client', 'date', undefined, '22.11.2026'),
  documentedParameter('subid', 'string', 50, 'vk'),
  documentedParameter('subid1', 'string', 50, 'sub one'),
  documentedParameter('subid2', 'string', 50, 'sub two'),
  documentedParameter('subid3', 'string', 50, 'sub three'),
  documentedParameter('subid4', 'string', 120, 'sub four'),
]

const common: readonly DocumentedParameter[] = [
  documentedParameter('user_notified', 'boolean', undefined, '1'),
  documentedParameter('test_mode', 'boolean', undefined, '1', { options: { testMode: true } }),
  ...application,
]

const algorithm = '[{"ids":[17809],"pause":0},{"ids":[17288,16651],"pause":0},{"ids":[16633],"pause":80}]'

const options = {
  websiteId: 7,
  clientId: 'invented-client',
  clientSecret,
  accessToken,
  personalDataAgent: 'ООО «Пример»',
  valueMaps: { gender: { female: 'F', male: 'M' }, product_type: { 'до зарплаты': 7 } },
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
const badRequest = { outcome: 'declined', reason: 'bad_request; Bad request' }
const tokenRefused = { outcome: 'refused', reason: 'the access token was refused' }
const noRights = { outcome: 'refused', reason: 'the credentials do not suffice' }
const tooMany = { outcome: 'unavailable', reason: 'too many requests', mayHaveArrived: false }
const refusedByAll = [17809, 17288, 16651, 16633].map((id) => `campaign ${id}: ${notAccepting()}`)
const invalidPhone = {
  outcome: 'invalid',
  issues: [{ field: 'phone', message: 'mobile_phone: неверный формат' }],
}

/** Outcomes that are the same for both calls: responses that are not documented for either. */
const commonOutcomes = {
  '200-empty': uncertain(200),
  '200-error': badRequest,
  '200-garbage': uncertain(200),
  '200-html': uncertain(200),
  '200-invalid-token': tokenRefused,
  '200-jsonp': uncertain(200),
  '200-list': uncertain(200),
  '200-list-of-none': uncertain(200),
  '200-none': { outcome: 'declined', reason: Array.from({ length: 4 }, notAccepting).join('; ') },
  '200-settings': uncertain(200),
  '200-sync-refused': { outcome: 'declined', reason: notAccepting() },
  '200-sync-unknown': uncertain(200),
  '200-code-sent-without-id': uncertain(200),
  '200-test-mode': uncertain(200),
  '200-token': uncertain(200),
  '200-truncated': uncertain(200),
  '200-unknown-error': uncertain(200),
  '200-wrong-field': invalidPhone,
  '204-nothing': uncertain(204),
  '301-redirect': unreadable(301),
  '400-bad-request': badRequest,
  '400-wrong-field': { outcome: 'invalid', issues: [{ field: 'email', message: 'Не больше 75 символов' }] },
  '401-invalid-client': noRights,
  '401-token-expired': tokenRefused,
  '401-unauthorized': tokenRefused,
  '403-no-rights': noRights,
  '403-refused': noRights,
  '404-not-found': { outcome: 'refused', reason: 'status 404: no such website, or no such call' },
  '429-too-many-requests': tooMany,
  '500-error': uncertain(500),
  '500-html': uncertain(500),
  '503-too-many-requests': tooMany,
  '503-unavailable': tooMany,
}

const progress = (...statuses: readonly (readonly [number, string])[]) =>
  statuses.map(([id, status]) => ({ receiver: String(id), status }))
const queued = progress([17288, 'processing'], [16651, 'processing'], [16633, 'processing'])
const accepted = (...statuses: readonly object[]) => ({
  outcome: 'accepted',
  providerId: '41',
  progress: statuses.flat(),
})
const sync = (status: string) => ({
  outcome: 'accepted',
  providerId: '42',
  progress: [{ receiver: '65', status }],
})

/** `create`, with several campaigns. */
const create: ContractSubject<AdmitadConfig> = {
  title: 'admitad, create',
  provider: admitad,
  options: { ...options, mode: 'create', campaigns: [17809, [17288, 16651], { ids: [16633], pause: 80 }] },
  credentials: [clientSecret, accessToken],
  document: [documentedParameter('campaigns', 'list', undefined, algorithm), ...common],
  sent,
  texts: true,
  outcomes: {
    ...commonOutcomes,
    '200-accepted': accepted(progress([17809, 'processing']), queued),
    '200-approved': accepted([{ receiver: '17809', status: 'approved', orderId: '41-17809' }]),
    '200-code-sent': uncertain(200),
    '200-declined': {
      outcome: 'declined',
      reason:
        'campaign 17809: declined, objects_list_returned_ok; campaign 17288: error, objects_list_returned_ok',
    },
    '200-declined-by-one': accepted(progress([17809, 'declined'], [17288, 'processing'])),
    '200-mixed': {
      ...accepted(progress([17288, 'processing'], [16651, 'processing'])),
      notices: [`campaign 17809: ${notAccepting()}`],
    },
    '200-none-with-id': { outcome: 'declined', reason: refusedByAll.join('; ') },
    '200-sync-approved': uncertain(200),
    '200-sync-declined': uncertain(200),
    '200-sync-error': uncertain(200),
    '200-sync-processing': uncertain(200),
    '200-sync-waiting': uncertain(200),
    '200-waiting': accepted(progress([17809, 'waiting'])),
  },
  errorAbout,
  saysAccepted: (body) => /"id"\s*:\s*(?!null)/.test(body) && /"(?:responses|algorithm)"\s*:\s*\[/.test(body),
  otherCalls: [
    call('token', {
      request: (config) => admitad.operations.token?.request(config, callContext),
      read: (result, config) => admitad.operations.token?.outcome(result, config, callContext),
      succeeds: 'accessToken',
    }),
    call('campaign_settings', {
      request: (config) => admitad.operations.settings?.request(config, settingsContext),
      read: (result, config) => admitad.operations.settings?.outcome(result, config, settingsContext),
      succeeds: 'items',
    }),
    call('the list of applications', {
      request: (config) =>
        buildApplicationListRequest(config, callContext, { limit: 20, status: 'approved' }),
      read: (result, config) => parseApplicationList(result, config),
      succeeds: 'items',
    }),
    call('status', {
      request: (config) => admitad.operations.status?.request(config, applicationContext),
      read: (result, config) => admitad.operations.status?.outcome(result, config, applicationContext),
      succeeds: 'progress',
    }),
  ],
}

/** `sync_create`, with the campaign of a bank that confirms the phone. */
const syncCreate: ContractSubject<AdmitadConfig> = {
  title: 'admitad, sync_create',
  provider: admitad,
  options: { ...options, mode: 'sync', campaignId: 65 },
  credentials: [clientSecret, accessToken],
  document: [documentedParameter('campaign_id', 'integer', undefined, '65'), ...common],
  sent,
  texts: true,
  outcomes: {
    ...commonOutcomes,
    '200-accepted': uncertain(200),
    '200-approved': uncertain(200),
    '200-code-sent': { outcome: 'verification', applicationId: '42' },
    '200-declined': uncertain(200),
    '200-declined-by-one': uncertain(200),
    '200-mixed': uncertain(200),
    '200-none-with-id': uncertain(200),
    '200-sync-approved': sync('approved'),
    '200-sync-declined': { outcome: 'declined', reason: 'campaign: declined' },
    '200-sync-error': { outcome: 'declined', reason: 'campaign: error' },
    '200-sync-processing': sync('processing'),
    '200-sync-waiting': sync('waiting'),
    '200-waiting': uncertain(200),
  },
  errorAbout,
  saysAccepted: (body) => /"status"\s*:\s*"(?:processing|approved|waiting)"/.test(body),
  otherCalls: [
    call('confirm', {
      request: (config) => admitad.operations.confirm?.request(config, confirmContext),
      read: (result, config) => admitad.operations.confirm?.outcome(result, config, confirmContext),
      succeeds: { outcome: 'accepted' },
    }),
  ],
}

/** Admitad, with both calls that create an application. */
export const admitadSubjects = [create, syncCreate]

function errorAbout(path: string): HttpResult {
  const errors = [{ campaign_id: 17809, message: `${path}: так нельзя` }]
  return { status: 200, body: JSON.stringify({ id: null, responses: [], errors, algorithm: [] }) }
}

const callContext: CallContext = { now: fullContext.now }
const settingsContext = { ...callContext, campaignId: 17809 }
const applicationContext = { ...callContext, applicationId: '41' }
const confirmContext = { ...applicationContext, code: '1234' }

function call(
  name: string,
  {
    request,
    read,
    succeeds,
  }: {
    readonly request: (config: AdmitadConfig) => HttpRequest | undefined
    readonly read: (result: HttpResult, config: AdmitadConfig) => unknown
    readonly succeeds: string | { readonly outcome: string }
  },
): OtherCall<AdmitadConfig> {
  return {
    name,
    request(config) {
      const built = request(config)
      if (!built) throw new Error(`Admitad has no call ${name}`)
      return built
    },
    read,
    isSuccess: (answer) =>
      typeof answer === 'object' &&
      answer !== null &&
      (typeof succeeds === 'string'
        ? succeeds in answer
        : 'outcome' in answer && answer.outcome === succeeds.outcome),
  }
}

/** The fields of the form. A list of plain values is a text with commas, as in the suite. */
function sent({ body = '' }: HttpRequest): readonly (readonly [path: string, value: unknown])[] {
  return Array.from(new URLSearchParams(body), ([path, value]) => {
    const list: unknown = path === 'campaigns' ? JSON.parse(value) : undefined
    const isPlain = Array.isArray(list) && list.every((item) => typeof item !== 'object')
    return [path, isPlain ? String(list) : value]
  })
}

function notAccepting(): string {
  return 'Кампания не принимает заявки брокеров.'
}
