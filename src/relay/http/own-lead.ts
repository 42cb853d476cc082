import type { Clock } from 'pg-boss'
import { isUuid } from '../../lead/lead-identity.ts'
import { matchesFormAndKey } from '../delivery/receive-lead.ts'
import { deriveAnswer, type LeadState } from '../leads/lead-state.ts'
import type { LeadStore } from '../leads/lead-store.ts'
import type { PrivacyActions } from '../leads/privacy/privacy.ts'
import { hashKey } from '../runtime/hash.ts'
import { erasedResponse } from './failures.ts'
import { isHtmlFormId } from './html/html-form-identity.ts'
import { errorResponse, outcomeResponse, unknownLeadResponse } from './responses.ts'

/** What requests about a stored lead depend on. */
export interface OwnLeadDeps {
  readonly leads: LeadStore
  readonly privacy: Pick<PrivacyActions, 'withdrawPartial'>
  /** The secret that the ids of leads from plain HTML forms are derived with. */
  readonly htmlFormSecret: string
  readonly clock: Clock
}

/** A request about a lead, with its key. */
export interface OwnLeadRequest {
  readonly form: string
  readonly id: string
  readonly authorization: string | undefined
}

/** Reads such a request. */
export function readOwnLeadRequest({
  req,
}: {
  readonly req: { param(name: 'form' | 'id'): string; header(name: string): string | undefined }
}): OwnLeadRequest {
  return { form: req.param('form'), id: req.param('id'), authorization: req.header('authorization') }
}

/** Answers with the outcome of a lead as it is known now. */
export async function answerOutcome(deps: OwnLeadDeps, request: OwnLeadRequest): Promise<Response> {
  const state = await findOwnLead(deps, request)
  if (state instanceof Response) return state
  const answer = deriveAnswer(state)
  if (answer.outcome === 'invalid') await deps.leads.extendCorrection(state.id, new Date(deps.clock.now()))
  return outcomeResponse(state.id, answer, state.partialStep !== undefined)
}

/** Erases a partial lead whose consent the person has withdrawn. A finished one stays. */
export async function withdrawPartialLead(deps: OwnLeadDeps, request: OwnLeadRequest): Promise<Response> {
  const state = await findOwnLead(deps, request)
  if (state instanceof Response) return state
  if (await deps.privacy.withdrawPartial(state.id, new Date(deps.clock.now())))
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
  // Another request may have erased it meanwhile.
  return (await deps.leads.find(state.id))
    ? errorResponse('not-partial', 'The lead is finished, so that it cannot be withdrawn here.')
    : erasedResponse()
}

/** The lead that a request names, if it comes with the lead's key; otherwise the response that says so. */
async function findOwnLead(
  { leads, htmlFormSecret }: OwnLeadDeps,
  { form, authorization, ...request }: OwnLeadRequest,
): Promise<LeadState | Response> {
  const id = parseLeadId(request.id)
  // The outcome of a plain form is on the page that answered it. Nobody has a key to ask for it again.
  if (id === undefined || isHtmlFormId(htmlFormSecret, id)) return unknownLeadResponse()
  const state = await leads.find(id)
  if (!state || state.form !== form) return unknownLeadResponse()
  const [, key] = /^Bearer ([\w-]+)$/i.exec(authorization ?? '') ?? []
  return key !== undefined && matchesFormAndKey(state, form, hashKey(key))
    ? state
    : errorResponse('key', "Expected the lead's key: Authorization: Bearer <key>.")
}

/** The id of a lead in an address, in lower case; `undefined` for what is no id. */
export function parseLeadId(text: string): string | undefined {
  return isUuid(text) ? text.toLowerCase() : undefined
}
