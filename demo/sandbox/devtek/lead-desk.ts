import type { Answer } from '../answer.ts'
import type { ApiRequest } from '../api-request.ts'
import { accessDenied, badAnswer, okAnswer } from './answers.ts'
import { checkLead, fieldError } from './check-lead.ts'
import { isRecord, parseJson, type JsonRecord } from '../json-record.ts'
import { cities, regions } from './places.ts'
import type { Switches } from './switches.ts'

/** Decides what the API answers, and remembers which leads it has accepted. */
export type LeadDesk = {
  /** Checks a lead and, if nothing is wrong with it, accepts it; `duplicate` and `field-error` refuse only what would be accepted. */
  takeLead(request: ApiRequest, switches: Switches, refusal?: 'duplicate' | 'field-error'): Answer
  listRegions(request: ApiRequest): Answer
  listCities(request: ApiRequest): Answer
  /** Forgets the accepted leads, so that none is a duplicate any more. */
  forget(): void
}

/** Creates a desk that serves one webmaster. */
export function createLeadDesk({
  idWebmaster,
  token,
}: {
  readonly idWebmaster: number
  readonly token: string
}): LeadDesk {
  const acceptedPhones = new Set<unknown>()
  let lastId = 999_998

  function open(request: ApiRequest): { readonly body: JsonRecord } | { readonly refused: Answer } {
    if (!isJsonType(request.contentType))
      return { refused: badAnswer(400, ['Content-Type must be application/json']) }
    const body = parseJson(request.rawBody)
    if (!isRecord(body)) return { refused: badAnswer(400, ['Invalid JSON']) }
    if (body['id_webmaster'] !== idWebmaster || body['token'] !== token) return { refused: accessDenied }
    return { body }
  }

  function geo(
    request: ApiRequest,
    parameters: readonly string[],
    answer: (body: JsonRecord) => Answer,
  ): Answer {
    const opened = open(request)
    if ('refused' in opened) return opened.refused
    const unknown = Object.keys(opened.body).filter(
      (key) => !['id_webmaster', 'token', ...parameters].includes(key),
    )
    if (unknown.length > 0)
      return badAnswer(
        400,
        unknown.map((key) => fieldError(key, 'Неизвестное поле')),
      )
    return answer(opened.body)
  }

  return {
    takeLead(request, switches, refusal) {
      const opened = open(request)
      if ('refused' in opened) return opened.refused
      const errors = checkLead(opened.body, switches)
      if (errors.length > 0) return badAnswer(switches.badStatus, errors)
      if (refusal === 'field-error')
        return badAnswer(
          switches.badStatus,
          switches.fieldErrors.map((one) => fieldError(one.field, one.message)),
        )

      const phone = phoneOf(opened.body)
      if (refusal === 'duplicate' || (switches.rememberDuplicates && acceptedPhones.has(phone)))
        return badAnswer(switches.badStatus, ['Lead duplicate'])
      acceptedPhones.add(phone)
      lastId += 1
      return okAnswer({ id_lead: lastId })
    },
    listRegions: (request) => geo(request, [], () => okAnswer({ regions })),
    listCities: (request) =>
      geo(request, ['regionId'], ({ regionId }) => {
        if (regionId === undefined) return okAnswer({ cities })
        if (!Number.isInteger(regionId)) return badAnswer(400, [fieldError('regionId', 'Ожидается число')])
        return okAnswer({ cities: cities.filter((city) => city.region_id === regionId) })
      }),
    forget: () => acceptedPhones.clear(),
  }
}

function isJsonType(contentType: string | null): boolean {
  return contentType !== null && /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType)
}

function phoneOf({ data }: JsonRecord): unknown {
  return isRecord(data) && isRecord(data['main']) ? data['main']['phone'] : undefined
}
