import { type SandboxResponse, jsonResponse } from '../core/response.ts'
import { type ApiRequest, isFormType } from '../core/request.ts'
import { parseCampaignGroups, type SandboxCampaignGroup } from './campaign-groups.ts'
import { errorResponse, errorResponses, modeErrorResponse, parameterErrorsResponse } from './responses.ts'
import { type ApplicationField, applicationFields, checkValue } from './application-fields.ts'
import { type SandboxApplication, responsesAt, type CampaignStatus } from './applications.ts'
import { sandboxCampaigns, findFieldError } from './campaigns.ts'
import { parseListFilter, matchesFilter } from './list-filter.ts'
import type { AdmitadMode, AdmitadSwitches } from './switches.ts'

/** The error of one campaign. */
type CampaignError = { readonly campaign_id: number; readonly message: string }

/** The calls that create, confirm and list applications. */
export type ApplicationApi = {
  create(request: ApiRequest, switches: AdmitadSwitches, mode: 'strict' | AdmitadMode): SandboxResponse
  syncCreate(request: ApiRequest, switches: AdmitadSwitches, mode: 'strict' | AdmitadMode): SandboxResponse
  confirm(request: ApiRequest, id: number, switches: AdmitadSwitches): SandboxResponse
  list(request: ApiRequest, switches: AdmitadSwitches): SandboxResponse
  campaignSettings(id: number): SandboxResponse
  reset(): void
}

const notAcceptingText = 'Кампания не принимает заявки брокеров.'
const bankResponse = { bank: 'responded this' }

/** Creates the API of one website. */
export function createApplicationApi(now: () => Date): ApplicationApi {
  let applications: SandboxApplication[] = []
  const codes = new Map<number, { readonly sentAt: number; wrong: number }>()
  let lastId = 0

  function store(
    fields: URLSearchParams,
    algorithm: readonly SandboxCampaignGroup[],
    decided: CampaignStatus | null,
  ): SandboxApplication {
    const subIds = ['subid', 'subid1', 'subid2', 'subid3', 'subid4'].map((name) => [
      name,
      fields.get(name) ?? '',
    ])
    const application: SandboxApplication = {
      id: (lastId += 1),
      createdAt: now().getTime(),
      subIds: Object.fromEntries(subIds),
      algorithm,
      decided,
    }
    applications = [...applications, application]
    return application
  }

  function describe(application: SandboxApplication, switches: AdmitadSwitches) {
    const { id, subIds, algorithm } = application
    return { id, ...subIds, responses: responsesAt(application, switches, now().getTime()), algorithm }
  }

  /** The day on which an application was created, in Moscow, as `YYYY-MM-DD`. */
  function createdOn(id: number): string {
    const { createdAt = 0 } = applications.find((application) => application.id === id) ?? {}
    return new Date(createdAt + 3 * 3_600_000).toISOString().slice(0, 10)
  }

  return {
    create(request, switches, mode) {
      const form = parseCallForm(request, ['campaigns'])
      if ('refused' in form) return form.refused
      const { fields } = form
      const algorithm = parseCampaignGroups(fields.get('campaigns') ?? '')
      if (!algorithm) return parameterErrorsResponse({ campaigns: ['Ожидается список программ'] })
      const ownNames = algorithm.flatMap(({ ids }) => ids.flatMap((id) => campaignFieldNames(id)))
      const invalid = checkFields(fields, ['campaigns'], ownNames)
      if (invalid) return invalid
      const refused = modeResponse(mode, switches, algorithm[0]?.ids[0] ?? 0)
      if (refused) return refused

      const ids = algorithm.flatMap((group) => group.ids)
      const isRefused = (id: number): boolean => mode === 'none' || (mode === 'mixed' && id === ids.at(-1))
      const errors = ids.flatMap((id): readonly CampaignError[] => {
        const message = isRefused(id) ? notAcceptingText : campaignRefusal(id, 'applications', fields)
        return message === undefined ? [] : [{ campaign_id: id, message }]
      })
      const accepting = withoutCampaigns(algorithm, new Set(errors.map(({ campaign_id: id }) => id)))
      if (fields.get('test_mode') === '1') return jsonResponse(200, { responses: [], errors, algorithm })
      if (accepting.length === 0) return jsonResponse(200, { id: null, responses: [], errors, algorithm })
      const decided = decidedStatus(mode)
      return jsonResponse(200, { ...describe(store(fields, accepting, decided), switches), errors })
    },

    syncCreate(request, switches, mode) {
      const form = parseCallForm(request, ['campaign_id'])
      if ('refused' in form) return form.refused
      const { fields } = form
      const id = Number(fields.get('campaign_id'))
      const invalid = checkFields(fields, ['campaign_id'], campaignFieldNames(id))
      if (invalid) return invalid
      const refused = modeResponse(mode, switches, id)
      if (refused) return refused
      const message =
        mode === 'none' || mode === 'mixed' ? notAcceptingText : campaignRefusal(id, 'sms', fields)
      if (message !== undefined) return jsonResponse(200, { errors: [{ campaign_id: id, message }] })
      if (fields.get('test_mode') === '1') return jsonResponse(200, { responses: [], errors: [] })
      const decided = decidedStatus(mode)
      const application = store(fields, [{ ids: [id], pause: 0 }], decided)
      codes.set(application.id, { sentAt: now().getTime(), wrong: 0 })
      return syncResponse(decided ?? 'waiting_sms_verification', application.id)
    },

    confirm({ contentType, rawBody }, id, { code, attempts, codeMs, wrongCode }) {
      if (!isFormType(contentType)) return errorResponses.badRequest
      const typedCodes = new URLSearchParams(rawBody).getAll('code')
      if (typedCodes.length !== 1) return parameterErrorsResponse({ code: ['Обязательное поле'] })
      const sent = codes.get(id)
      if (!sent) return errorResponses.notFound
      if (now().getTime() - sent.sentAt > codeMs || sent.wrong >= attempts) return syncResponse('error', id)
      if (typedCodes[0] === code) {
        codes.delete(id)
        return syncResponse('processing', id)
      }
      sent.wrong += 1
      if (sent.wrong >= attempts) return syncResponse('declined', id)
      return wrongCode === 'waiting'
        ? syncResponse('waiting_sms_verification', id)
        : errorResponse(400, 'bad_request', 3, 'Неверный код')
    },

    list({ query }, switches) {
      const filter = parseListFilter(query)
      if ('problems' in filter) return parameterErrorsResponse(filter.problems)
      const found = applications
        .map((application) => describe(application, switches))
        .filter((application) => matchesFilter(application, createdOn(application.id), filter))
        .toSorted((a, b) => (filter.newestFirst ? b.id - a.id : a.id - b.id))
      const { offset, limit } = filter
      return jsonResponse(200, {
        results: found.slice(offset, offset + limit),
        _meta: { count: found.length, limit, offset },
      })
    },

    campaignSettings(id) {
      const campaign = sandboxCampaigns[id]
      return campaign ? jsonResponse(200, { results: campaign.settings }) : errorResponses.notFound
    },

    reset() {
      applications = []
      codes.clear()
    },
  }
}

function parseCallForm(
  { contentType, rawBody }: ApiRequest,
  required: readonly string[],
): { readonly fields: URLSearchParams } | { readonly refused: SandboxResponse } {
  if (!isFormType(contentType)) return { refused: errorResponses.badRequest }
  const fields = new URLSearchParams(rawBody)
  const missing = [...required, 'user_notified'].filter((name) => !fields.has(name))
  return missing.length === 0
    ? { fields }
    : {
        refused: parameterErrorsResponse(
          Object.fromEntries(missing.map((name) => [name, ['Обязательное поле']])),
        ),
      }
}

/**
 * The response to parameters that deviate from the document; `undefined` if there are none. The campaigns' own fields
 * may hold any text.
 */
function checkFields(
  fields: URLSearchParams,
  ofCall: readonly string[],
  ofCampaigns: readonly string[],
): SandboxResponse | undefined {
  const details: Record<string, readonly string[]> = {}
  for (const name of new Set(fields.keys())) {
    const [value = '', ...more] = fields.getAll(name)
    const problem = more.length > 0 ? 'Передайте один раз' : checkParameter(name, value, ofCall, ofCampaigns)
    if (problem !== undefined) details[name] = [problem]
  }
  return Object.keys(details).length > 0 ? parameterErrorsResponse(details) : undefined
}

function checkParameter(
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

function campaignFieldNames(id: number): readonly string[] {
  return sandboxCampaigns[id]?.settings.map(({ field_name: name }) => name) ?? []
}

function campaignRefusal(
  id: number,
  takes: 'applications' | 'sms',
  fields: URLSearchParams,
): string | undefined {
  const campaign = sandboxCampaigns[id]
  if (campaign?.takes !== takes) return notAcceptingText
  if (fields.get('user_notified') !== '1') return 'Пользователь не ознакомлен с условиями передачи данных.'
  return findFieldError(campaign, fields)
}

function modeResponse(
  mode: 'strict' | AdmitadMode,
  { fieldError }: AdmitadSwitches,
  campaign: number,
): SandboxResponse | undefined {
  if (mode !== 'field-error') return modeErrorResponse(mode)
  const message = `${fieldError.field}: ${fieldError.message}`
  return jsonResponse(200, { id: null, responses: [], errors: [{ campaign_id: campaign, message }] })
}

/** The status that the campaigns decide immediately in a mode; null if they take their time. */
function decidedStatus(mode: 'strict' | AdmitadMode): CampaignStatus | null {
  return mode === 'declined' || mode === 'approved' || mode === 'waiting' || mode === 'error' ? mode : null
}

function withoutCampaigns(
  algorithm: readonly SandboxCampaignGroup[],
  refused: ReadonlySet<number>,
): readonly SandboxCampaignGroup[] {
  return algorithm
    .map(({ ids, pause }) => ({ ids: ids.filter((id) => !refused.has(id)), pause }))
    .filter(({ ids }) => ids.length > 0)
}

function syncResponse(status: CampaignStatus | 'waiting_sms_verification', id: number): SandboxResponse {
  return jsonResponse(200, { status, application_id: id, server_response: bankResponse })
}
