import { type Answer, jsonAnswer } from '../answer.ts'
import { type ApiRequest, isFormType } from '../api-request.ts'
import { readAlgorithm, type Group } from './algorithm.ts'
import { errorAnswer, faults, parameterErrors } from './answers.ts'
import { type ApplicationField, applicationFields, checkValue } from './application-fields.ts'
import { type Application, responsesAt, type Status } from './applications.ts'
import { campaigns, objection } from './campaigns.ts'
import { readFilter, isWanted } from './list-filter.ts'
import type { OwnMode, Switches } from './switches.ts'

/** What came to light about one campaign. */
type CampaignError = { readonly campaign_id: number; readonly message: string }

/** Takes applications, confirms and lists them. */
export type BrokerDesk = {
  create(request: ApiRequest, switches: Switches, mode: 'strict' | OwnMode): Answer
  syncCreate(request: ApiRequest, switches: Switches, mode: 'strict' | OwnMode): Answer
  confirm(request: ApiRequest, id: number, switches: Switches): Answer
  list(request: ApiRequest, switches: Switches): Answer
  settings(id: number): Answer
  forget(): void
}

const notTaking = 'Кампания не принимает заявки брокеров.'
const bank = { bank: 'responded this' }

/** Creates a desk for one website. */
export function createBrokerDesk(now: () => Date): BrokerDesk {
  let applications: Application[] = []
  const codes = new Map<number, { readonly sentAt: number; wrong: number }>()
  let lastId = 0

  function take(fields: URLSearchParams, algorithm: readonly Group[], decided: Status | null): Application {
    const marks = ['subid', 'subid1', 'subid2', 'subid3', 'subid4'].map((name) => [
      name,
      fields.get(name) ?? '',
    ])
    const application: Application = {
      id: (lastId += 1),
      createdAt: now().getTime(),
      marks: Object.fromEntries(marks),
      algorithm,
      decided,
    }
    applications = [...applications, application]
    return application
  }

  function shown(application: Application, switches: Switches) {
    const { id, marks, algorithm } = application
    return { id, ...marks, responses: responsesAt(application, switches, now().getTime()), algorithm }
  }

  /** The day of an application in Moscow, `YYYY-MM-DD`. */
  function createdOn(id: number): string {
    const { createdAt = 0 } = applications.find((application) => application.id === id) ?? {}
    return new Date(createdAt + 3 * 3_600_000).toISOString().slice(0, 10)
  }

  return {
    create(request, switches, mode) {
      const opened = open(request, ['campaigns'])
      if ('refused' in opened) return opened.refused
      const { fields } = opened
      const algorithm = readAlgorithm(fields.get('campaigns') ?? '')
      if (!algorithm) return parameterErrors({ campaigns: ['Ожидается список программ'] })
      const ownNames = algorithm.flatMap(({ ids }) => ids.flatMap((id) => fieldsOf(id)))
      const wrong = checkFields(fields, ['campaigns'], ownNames)
      if (wrong) return wrong
      const own = ownAnswer(mode, switches, algorithm[0]?.ids[0] ?? 0)
      if (own) return own

      const ids = algorithm.flatMap((group) => group.ids)
      const isRefused = (id: number): boolean => mode === 'none' || (mode === 'mixed' && id === ids.at(-1))
      const errors = ids.flatMap((id): readonly CampaignError[] => {
        const message = isRefused(id) ? notTaking : refusalOf(id, 'applications', fields)
        return message === undefined ? [] : [{ campaign_id: id, message }]
      })
      const taken = withoutCampaigns(algorithm, new Set(errors.map(({ campaign_id: id }) => id)))
      if (fields.get('test_mode') === '1') return jsonAnswer(200, { responses: [], errors, algorithm })
      if (taken.length === 0) return jsonAnswer(200, { id: null, responses: [], errors, algorithm })
      const decided =
        mode === 'declined' || mode === 'approved' || mode === 'waiting' || mode === 'error' ? mode : null
      return jsonAnswer(200, { ...shown(take(fields, taken, decided), switches), errors })
    },

    syncCreate(request, switches, mode) {
      const opened = open(request, ['campaign_id'])
      if ('refused' in opened) return opened.refused
      const { fields } = opened
      const id = Number(fields.get('campaign_id'))
      const wrong = checkFields(fields, ['campaign_id'], fieldsOf(id))
      if (wrong) return wrong
      const own = ownAnswer(mode, switches, id)
      if (own) return own
      const message = mode === 'none' || mode === 'mixed' ? notTaking : refusalOf(id, 'sms', fields)
      if (message !== undefined) return jsonAnswer(200, { errors: [{ campaign_id: id, message }] })
      if (fields.get('test_mode') === '1') return jsonAnswer(200, { responses: [], errors: [] })
      const decided =
        mode === 'declined' || mode === 'approved' || mode === 'waiting' || mode === 'error' ? mode : null
      const application = take(fields, [{ ids: [id], pause: 0 }], decided)
      codes.set(application.id, { sentAt: now().getTime(), wrong: 0 })
      return syncAnswer(decided ?? 'waiting_sms_verification', application.id)
    },

    confirm({ contentType, rawBody }, id, { code, attempts, codeMs, wrongCode }) {
      if (!isFormType(contentType)) return faults.badRequest
      const given = new URLSearchParams(rawBody).getAll('code')
      if (given.length !== 1) return parameterErrors({ code: ['Обязательное поле'] })
      const sent = codes.get(id)
      if (!sent) return faults.notFound
      if (now().getTime() - sent.sentAt > codeMs || sent.wrong >= attempts) return syncAnswer('error', id)
      if (given[0] === code) {
        codes.delete(id)
        return syncAnswer('processing', id)
      }
      sent.wrong += 1
      if (sent.wrong >= attempts) return syncAnswer('declined', id)
      return wrongCode === 'waiting'
        ? syncAnswer('waiting_sms_verification', id)
        : errorAnswer(400, 'bad_request', 3, 'Неверный код')
    },

    list({ query }, switches) {
      const filter = readFilter(query)
      if ('problems' in filter) return parameterErrors(filter.problems)
      const found = applications
        .map((application) => shown(application, switches))
        .filter((application) => isWanted(application, createdOn(application.id), filter))
        .toSorted((one, other) => (filter.newestFirst ? other.id - one.id : one.id - other.id))
      const { offset, limit } = filter
      return jsonAnswer(200, {
        results: found.slice(offset, offset + limit),
        _meta: { count: found.length, limit, offset },
      })
    },

    settings(id) {
      const campaign = campaigns[id]
      return campaign ? jsonAnswer(200, { results: campaign.settings }) : faults.notFound
    },

    forget() {
      applications = []
      codes.clear()
    },
  }
}

function open(
  { contentType, rawBody }: ApiRequest,
  required: readonly string[],
): { readonly fields: URLSearchParams } | { readonly refused: Answer } {
  if (!isFormType(contentType)) return { refused: faults.badRequest }
  const fields = new URLSearchParams(rawBody)
  const missing = [...required, 'user_notified'].filter((name) => !fields.has(name))
  return missing.length === 0
    ? { fields }
    : { refused: parameterErrors(Object.fromEntries(missing.map((name) => [name, ['Обязательное поле']]))) }
}

/** Everything in the parameters that departs from the document; fields of the campaigns' own are texts of any sort. */
function checkFields(
  fields: URLSearchParams,
  ofCall: readonly string[],
  ofCampaigns: readonly string[],
): Answer | undefined {
  const details: Record<string, readonly string[]> = {}
  for (const name of new Set(fields.keys())) {
    const [value = '', ...more] = fields.getAll(name)
    const problem = more.length > 0 ? 'Передайте один раз' : checkOne(name, value, ofCall, ofCampaigns)
    if (problem !== undefined) details[name] = [problem]
  }
  return Object.keys(details).length > 0 ? parameterErrors(details) : undefined
}

function checkOne(
  name: string,
  value: string,
  ofCall: readonly string[],
  ofCampaigns: readonly string[],
): string | undefined {
  if (name === 'user_notified' || name === 'test_mode') {
    return value === '0' || value === '1' ? undefined : 'Ожидается 1 или 0'
  }
  if (ofCall.includes(name)) {
    return name !== 'campaign_id' || /^\d+$/.test(value) ? undefined : 'Ожидается целое число'
  }
  const known: ApplicationField | undefined = Object.hasOwn(applicationFields, name)
    ? applicationFields[name]
    : undefined
  if (known) return checkValue(known, value)
  return ofCampaigns.includes(name) ? undefined : 'Неизвестный параметр'
}

function fieldsOf(id: number): readonly string[] {
  return campaigns[id]?.settings.map(({ field_name: name }) => name) ?? []
}

function refusalOf(id: number, takes: 'applications' | 'sms', fields: URLSearchParams): string | undefined {
  const campaign = campaigns[id]
  if (campaign?.takes !== takes) return notTaking
  if (fields.get('user_notified') !== '1') return 'Пользователь не ознакомлен с условиями передачи данных.'
  return objection(campaign, fields)
}

function ownAnswer(mode: 'strict' | OwnMode, { fieldError }: Switches, campaign: number): Answer | undefined {
  switch (mode) {
    case 'field-error': {
      const message = `${fieldError.field}: ${fieldError.message}`
      return jsonAnswer(200, { id: null, responses: [], errors: [{ campaign_id: campaign, message }] })
    }
    case 'bad-request':
      return faults.badRequest
    case 'error-200':
      return { ...faults.badRequest, status: 200 }
    case 'invalid-token':
      return faults.invalidToken
    case 'no-rights':
      return faults.noRights
    case 'strict':
    case 'mixed':
    case 'none':
    case 'declined':
    case 'approved':
    case 'waiting':
    case 'error':
      return undefined
  }
}

function withoutCampaigns(algorithm: readonly Group[], refused: ReadonlySet<number>): readonly Group[] {
  return algorithm
    .map(({ ids, pause }) => ({ ids: ids.filter((id) => !refused.has(id)), pause }))
    .filter(({ ids }) => ids.length > 0)
}

function syncAnswer(status: Status | 'waiting_sms_verification', id: number): Answer {
  return jsonAnswer(200, { status, application_id: id, server_response: bank })
}
