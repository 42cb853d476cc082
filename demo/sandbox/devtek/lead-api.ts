import type { SandboxResponse } from '../core/response.ts'
import type { ApiRequest } from '../core/request.ts'
import { accessDeniedResponse, badResponse, okResponse } from './responses.ts'
import { checkLead, fieldError } from './check-lead.ts'
import { isRecord, parseJson, type JsonRecord } from '../core/json.ts'
import { citiesResponse, regionsResponse } from './list-responses.ts'
import { createPlaceLists } from './generated-places.ts'
import type { DevtekSwitches } from './switches.ts'

/** The calls of the API, and the leads that it has accepted. */
export type LeadApi = {
  /** Checks a lead and accepts it if it is valid. `duplicate` and `field-error` refuse only valid leads. */
  createLead(
    request: ApiRequest,
    switches: DevtekSwitches,
    refusal?: 'duplicate' | 'field-error',
  ): SandboxResponse
  listRegions(request: ApiRequest, switches: DevtekSwitches): SandboxResponse
  listCities(request: ApiRequest, switches: DevtekSwitches): SandboxResponse
  /** Deletes the accepted leads, so that no lead is a duplicate of them. */
  reset(): void
}

/** Creates the API of one webmaster. */
export function createLeadApi({
  idWebmaster,
  token,
}: {
  readonly idWebmaster: number
  readonly token: string
}): LeadApi {
  const acceptedPhones = new Set<unknown>()
  let lastId = 999_998

  function authorize(
    request: ApiRequest,
  ): { readonly body: JsonRecord } | { readonly refused: SandboxResponse } {
    if (!isJsonType(request.contentType))
      return { refused: badResponse(400, ['Content-Type must be application/json']) }
    const body = parseJson(request.rawBody)
    if (!isRecord(body)) return { refused: badResponse(400, ['Invalid JSON']) }
    if (body['id_webmaster'] !== idWebmaster || body['token'] !== token)
      return { refused: accessDeniedResponse }
    return { body }
  }

  function placeList(
    request: ApiRequest,
    parameters: readonly string[],
    respond: (body: JsonRecord) => SandboxResponse,
  ): SandboxResponse {
    const authorized = authorize(request)
    if ('refused' in authorized) return authorized.refused
    const unknown = Object.keys(authorized.body).filter(
      (key) => !['id_webmaster', 'token', ...parameters].includes(key),
    )
    if (unknown.length > 0)
      return badResponse(
        400,
        unknown.map((key) => fieldError(key, 'Неизвестное поле')),
      )
    return respond(authorized.body)
  }

  return {
    createLead(request, switches, refusal) {
      const authorized = authorize(request)
      if ('refused' in authorized) return authorized.refused
      const errors = checkLead(authorized.body, switches, createPlaceLists(switches.cities))
      if (errors.length > 0) return badResponse(switches.badStatus, errors)
      if (refusal === 'field-error')
        return badResponse(
          switches.badStatus,
          switches.fieldErrors.map(({ field, message }) => fieldError(field, message)),
        )

      const phone = leadPhone(authorized.body)
      if (refusal === 'duplicate' || (switches.rememberDuplicates && acceptedPhones.has(phone)))
        return badResponse(switches.badStatus, ['Lead duplicate'])
      acceptedPhones.add(phone)
      lastId += 1
      return okResponse({ id_lead: lastId })
    },
    listRegions: (request, switches) =>
      placeList(request, [], () => regionsResponse(createPlaceLists(switches.cities), switches)),
    listCities: (request, switches) =>
      placeList(request, ['regionId'], ({ regionId }) => {
        const lists = createPlaceLists(switches.cities)
        if (regionId === undefined) return citiesResponse(lists, undefined, switches)
        return typeof regionId === 'number' && Number.isInteger(regionId)
          ? citiesResponse(lists, regionId, switches)
          : badResponse(400, [fieldError('regionId', 'Ожидается число')])
      }),
    reset: () => acceptedPhones.clear(),
  }
}

function isJsonType(contentType: string | null): boolean {
  return contentType !== null && /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType)
}

function leadPhone({ data }: JsonRecord): unknown {
  return isRecord(data) && isRecord(data['main']) ? data['main']['phone'] : undefined
}
