import { admitad } from '../../src/providers/admitad/admitad.ts'
import type { AdmitadConfig } from '../../src/providers/admitad/config.ts'
import { listApplications, listedApplications } from '../../src/providers/admitad/list-applications.ts'
import type { CallContext, HttpRequest, HttpResult } from '../../src/providers/provider.ts'
import { type DocumentRow, row } from './document.ts'
import { fullContext } from './full-lead.ts'
import type { OtherCall, Subject } from './subject.ts'

const clientSecret = 'invented-client-secret-0123456789'
const accessToken = 'invented-access-token-9876543210'

/** "Параметры заявки", row by row: 53. */
const application: readonly DocumentRow[] = [
  row('first_name', 'string', 100, 'Ынна'),
  row('last_name', 'string', 100, 'Вымыслова'),
  row('middle_name', 'string', 100, 'Ёлковна'),
  row('birth_date', 'date', undefined, '05.09.1990'),
  row('birth_place', 'string', 100, 'гор. Вымышленск'),
  row('gender', 'string', 50, 'F'),
  row('mobile_phone', 'string', 32, '+79000000042'),
  row('phone', 'string', 32, '+74950000001'),
  row('occupation', 'string', 100, 'постоянная работа по найму'),
  row('work_date', 'date', undefined, '01.03.2025'),
  row('work_salary', 'decimal', 12, '45000.00'),
  row('work_organization', 'string', 100, 'ООО «Вымысел»'),
  row('work_address', 'string', 100, 'Примерск, ул Рабочая, 9'),
  row('work_phone', 'string', 32, '+79000000043'),
  row('work_occupation', 'string', 100, 'Сказочница'),
  row('work_region_name', 'string', 50, 'Рабочая область'),
  row('work_city_name', 'string', 50, 'Работнинск'),
  row('work_street', 'string', 50, 'ул Рабочая'),
  row('work_house', 'string', 10, '9'),
  row('email', 'string', 75, 'ynna@example.ru'),
  row('inn', 'string', 16, '999900000160'),
  row('passport_cn', 'string', 16, '0315000050'),
  row('passport_date', 'date', undefined, '06.10.2015'),
  row('passport_expiration_date', 'date', undefined, '04.12.2035'),
  row('passport_title', 'string', 100, 'ОВД города Вымышленска'),
  row('fact_region_name', 'string', 50, 'Несуществующий край'),
  row('fact_city_name', 'string', 50, 'Несуществуйск'),
  row('fact_street', 'string', 50, 'пер Небывалый'),
  row('fact_house', 'string', 10, '5/1'),
  row('fact_housing', 'string', 10, '6Б'),
  row('fact_flat', 'string', 10, '77'),
  row('reg_region_name', 'string', 50, 'Вымышленская область'),
  row('reg_city_name', 'string', 50, 'Вымышленск'),
  row('reg_street', 'string', 50, 'ул Придуманная'),
  row('reg_house', 'string', 10, '12к2'),
  row('reg_housing', 'string', 10, '3А'),
  row('reg_flat', 'string', 10, '145'),
  row('overdue_loans', 'string', 50, 'без просрочек'),
  row('credit_sum', 'decimal', 12, '50000.00'),
  row('credit_days', 'integer', undefined, '30'),
  row('credit_purpose', 'string', 300, 'ремонт крыши'),
  row('time_for_call', 'string', 300, 'после шести'),
  row('guarator', 'string', 100, 'Небылицын Пётр'),
  row('guarantor_type', 'string', 100, 'брат'),
  row('guarantor_phone', 'string', 32, '+79000000044'),
  row('product_type', 'string', 50, '7'),
  row('personal_data_agent', 'string', 300, 'ООО «Пример»'),
  row('application_received_date_by_client', 'date', undefined, '22.11.2026'),
  row('subid', 'string', 50, 'vk'),
  row('subid1', 'string', 50, 'sub one'),
  row('subid2', 'string', 50, 'sub two'),
  row('subid3', 'string', 50, 'sub three'),
  row('subid4', 'string', 120, 'sub four'),
]

const common: readonly DocumentRow[] = [
  row('user_notified', 'boolean', undefined, '1'),
  row('test_mode', 'boolean', undefined, '1', { options: { testMode: true } }),
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
const badRequest = (status: number) => ({
  outcome: 'unreadable',
  reason: `status ${status}: the request was refused`,
  mayHaveArrived: false,
})
const badToken = { outcome: 'refused', reason: 'the access token was refused' }
const noRights = { outcome: 'refused', reason: 'the credentials do not suffice' }
const tooMany = { outcome: 'unavailable', reason: 'too many requests', mayHaveArrived: false }
const refusedByAll = [17809, 17288, 16651, 16633].map((id) => `campaign ${id}: ${notTaking()}`)
const wrongPhone = {
  outcome: 'invalid',
  issues: [{ field: 'phone', message: 'mobile_phone: неверный формат' }],
}

/** What both ways of creating an application make of an answer: whatever is not documented for the call. */
const either = {
  '200-empty': uncertain(200),
  '200-error': badRequest(200),
  '200-garbage': uncertain(200),
  '200-html': uncertain(200),
  '200-invalid-token': badToken,
  '200-jsonp': uncertain(200),
  '200-list': uncertain(200),
  '200-list-of-none': uncertain(200),
  '200-none': { outcome: 'declined', reason: Array.from({ length: 4 }, notTaking).join('; ') },
  '200-settings': uncertain(200),
  '200-sync-refused': { outcome: 'declined', reason: notTaking() },
  '200-sync-unknown': uncertain(200),
  '200-code-sent-without-id': uncertain(200),
  '200-test-mode': uncertain(200),
  '200-token': uncertain(200),
  '200-truncated': uncertain(200),
  '200-unknown-error': uncertain(200),
  '200-wrong-field': wrongPhone,
  '204-nothing': uncertain(204),
  '301-redirect': unreadable(301),
  '400-bad-request': badRequest(400),
  '400-wrong-field': { outcome: 'invalid', issues: [{ field: 'email', message: 'Не больше 75 символов' }] },
  '401-invalid-client': noRights,
  '401-token-expired': badToken,
  '401-unauthorized': badToken,
  '403-no-rights': noRights,
  '403-refused': noRights,
  '404-not-found': unreadable(404),
  '429-too-many-requests': tooMany,
  '500-error': uncertain(500),
  '500-html': uncertain(500),
  '503-too-many-requests': tooMany,
  '503-unavailable': tooMany,
}

const progress = (...told: readonly (readonly [number, string])[]) =>
  told.map(([id, status]) => ({ receiver: String(id), status }))
const queued = progress([17288, 'processing'], [16651, 'processing'], [16633, 'processing'])
const taken = (...statuses: readonly object[]) => ({
  outcome: 'accepted',
  providerId: '41',
  progress: statuses.flat(),
})
const sync = (status: string) => ({
  outcome: 'accepted',
  providerId: '42',
  progress: [{ receiver: '65', status }],
})

/** Many campaigns at once. */
const create: Subject<AdmitadConfig> = {
  title: 'admitad, create',
  provider: admitad,
  options: { ...options, mode: 'create', campaigns: [17809, [17288, 16651], { ids: [16633], pause: 80 }] },
  credentials: [clientSecret, accessToken],
  document: [row('campaigns', 'list', undefined, algorithm), ...common],
  sent,
  texts: true,
  answers: {
    ...either,
    '200-accepted': taken(progress([17809, 'processing']), queued),
    '200-approved': taken([{ receiver: '17809', status: 'approved', orderId: '41-17809' }]),
    '200-code-sent': uncertain(200),
    '200-declined': { outcome: 'declined', reason: 'campaign 17809: declined; campaign 17288: error' },
    '200-declined-by-one': taken(progress([17809, 'declined'], [17288, 'processing'])),
    '200-mixed': {
      ...taken(progress([17288, 'processing'], [16651, 'processing'])),
      notices: [`campaign 17809: ${notTaking()}`],
    },
    '200-none-with-id': { outcome: 'declined', reason: refusedByAll.join('; ') },
    '200-sync-approved': uncertain(200),
    '200-sync-declined': uncertain(200),
    '200-sync-error': uncertain(200),
    '200-sync-processing': uncertain(200),
    '200-sync-waiting': uncertain(200),
    '200-waiting': taken(progress([17809, 'waiting'])),
  },
  saysTaken: (body) => /"id"\s*:\s*(?!null)/.test(body) && /"(?:responses|algorithm)"\s*:\s*\[/.test(body),
  others: [
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
      request: (config) => listApplications(config, callContext, { limit: 20, status: 'approved' }),
      read: (result, config) => listedApplications(result, config),
      succeeds: 'items',
    }),
    call('status', {
      request: (config) => admitad.operations.status?.request(config, applicationContext),
      read: (result, config) => admitad.operations.status?.outcome(result, config, applicationContext),
      succeeds: 'progress',
    }),
  ],
}

/** One campaign, whose bank confirms the phone. */
const syncCreate: Subject<AdmitadConfig> = {
  title: 'admitad, sync_create',
  provider: admitad,
  options: { ...options, mode: 'sync', campaignId: 65 },
  credentials: [clientSecret, accessToken],
  document: [row('campaign_id', 'integer', undefined, '65'), ...common],
  sent,
  texts: true,
  answers: {
    ...either,
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
  saysTaken: (body) => /"status"\s*:\s*"(?:processing|approved|waiting)"/.test(body),
  others: [
    call('confirm', {
      request: (config) => admitad.operations.confirm?.request(config, confirmContext),
      read: (result, config) => admitad.operations.confirm?.outcome(result, config, confirmContext),
      succeeds: { outcome: 'accepted' },
    }),
  ],
}

/** Admitad, both ways of creating an application. */
export const admitadSubjects = [create, syncCreate]

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
      const made = request(config)
      if (!made) throw new Error(`Admitad has no call ${name}`)
      return made
    },
    read,
    isSuccess: (told) =>
      typeof told === 'object' &&
      told !== null &&
      (typeof succeeds === 'string'
        ? succeeds in told
        : 'outcome' in told && told.outcome === succeeds.outcome),
  }
}

/** The fields of the form; a list of plain values as the suite writes it. */
function sent({ body = '' }: HttpRequest): readonly (readonly [path: string, value: unknown])[] {
  return Array.from(new URLSearchParams(body), ([path, value]) => {
    const list: unknown = path === 'campaigns' ? JSON.parse(value) : undefined
    const isPlain = Array.isArray(list) && list.every((item) => typeof item !== 'object')
    return [path, isPlain ? String(list) : value]
  })
}

function notTaking(): string {
  return 'Кампания не принимает заявки брокеров.'
}
