import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { fieldNameOf, isFieldName } from '../../fields/fields.ts'
import { findIgnoredNames } from '../../form/validate.ts'
import type { Lead } from '../../lead/lead.ts'
import { parseJson } from '../../providers/core/json.ts'
import {
  changesNothing,
  type ClientInfo,
  matchesFormAndKey,
  receiveLead,
  type ReceiveLeadDeps,
} from '../delivery/receive-lead.ts'
import { receivePartial } from '../delivery/receive-partial.ts'
import type { PrivacyActions } from '../leads/privacy/privacy.ts'
import type { FormConfig } from '../config/form-config.ts'
import { OutOfSpaceError } from '../database/disk/space-guard.ts'
import { isUnstorableValue } from '../database/sql-state.ts'
import type { CodeVerifier } from '../delivery/follow-ups/verify-code.ts'
import { hashKey } from '../runtime/hash.ts'
import { describeError, type Log } from '../log.ts'
import type { Metrics } from '../runtime/metrics.ts'
import { createErasedHandler, erasedResponse } from './failures.ts'
import { createLeadPost } from './protection/lead-post.ts'
import type { LeadProtection } from './protection/lead-protection.ts'
import { type LeadGuards, parseLeadGuards } from './protection/parse-lead-guards.ts'
import { type Filling, findSuspicions, type Suspicion } from './protection/suspicions.ts'
import { resolveClientIp } from './protection/client-ip.ts'
import { parseHtmlForm, readHtmlHiddenField } from './html/html-form.ts'
import { renderFailurePage, renderResultPage } from './html/html-page.ts'
import { answerOutcome, parseLeadId, readOwnLeadRequest, withdrawPartialLead } from './own-lead.ts'
import { parseCode } from './parsing/parse-code.ts'
import { parseLead } from './parsing/parse-lead.ts'
import { isFromUnknownProxy } from './monitoring/proxy-check.ts'
import {
  answerResponse,
  contentTypeResponse,
  errorResponse,
  notJsonResponse,
  noPartialResponse,
  partialResponse,
  refusalResponse,
  unknownLeadResponse,
  unstorableResponse,
} from './responses.ts'

/** What the server passes with a request: the address of the connection, if it is known. */
export interface RelayHonoEnv {
  Bindings: { readonly address?: string | undefined }
}

/** The environment of routes below `/forms/:form`: the form that the path names. */
export interface FormHonoEnv extends RelayHonoEnv {
  Variables: { readonly form: FormConfig }
}

/** Dependencies of {@link leadRoutes}. */
export interface LeadRoutesDeps extends ReceiveLeadDeps {
  readonly codeVerifier: CodeVerifier
  readonly privacy: Pick<PrivacyActions, 'withdrawPartial'>
  readonly metrics: Metrics
  /** The secret that the ids of leads from plain HTML forms are derived with. */
  readonly htmlFormSecret: string
  readonly log: Log
  readonly protection: LeadProtection
  /** Whether the database has the space for another lead. */
  readonly hasSpace: () => boolean
}

/** A lead with all fields and long texts has a few kilobytes. */
const maxLeadBytes = 64 * 1024

const maxCodeBytes = 1024

/** The routes of leads below `/forms/:form`: POST a lead, POST its verification code, GET its outcome, DELETE a partial one. */
export function leadRoutes(trustedProxies: number, deps: LeadRoutesDeps): Hono<FormHonoEnv> {
  const routes = new Hono<FormHonoEnv>()

  routes.post(
    '/forms/:form/leads',
    bodyLimit({
      maxSize: maxLeadBytes,
      onError: () => errorResponse('too-large', `A lead has at most ${maxLeadBytes} bytes.`),
    }),
    (context) => {
      if (isHtmlForm(context))
        return deps.hasSpace() ? postHtmlForm(context) : renderFailurePage(503, retryAfterSeconds)
      return deps.hasSpace() ? postLead(context) : notStoredResponse()
    },
  )
  routes.use('/forms/:form/leads/:id/*', createErasedHandler(deps.leads.isErased))
  routes.post(
    '/forms/:form/leads/:id/code',
    bodyLimit({
      maxSize: maxCodeBytes,
      onError: () => errorResponse('too-large', `A code has at most ${maxCodeBytes} bytes.`),
    }),
    postCode,
  )
  routes.get('/forms/:form/leads/:id', getOutcome)
  routes.delete('/forms/:form/leads/:id', withdraw)
  return routes

  async function postLead(context: Context<FormHonoEnv, '/forms/:form/leads'>): Promise<Response> {
    const { req, var: variables } = context
    if (!hasJsonType(context)) return contentTypeResponse()
    const json = parseJson(await req.text())
    if (json === undefined) return notJsonResponse()
    const parsed = parseLead(json)
    if ('problem' in parsed) return errorResponse('not-a-lead', `Not a lead: ${parsed.problem}.`)
    const { lead, partialStep: step } = parsed
    const { steps, partial } = variables.form.definition
    if (step !== undefined && !partial) return noPartialResponse()
    if (step !== undefined && !steps.some(({ id }) => id === step))
      return errorResponse('not-a-lead', 'Not a lead: step: expected the id of a step of the form.')
    const guards = parseLeadGuards(json)
    const result = await receive(context, { lead, step }, guards, (receiver) => {
      const suspicions = findAndLogSuspicions(req.param('form'), lead, { ...guards, page: lead.page })
      const client = { ...clientOf(context), suspicions }
      return step === undefined
        ? receiveLead(receiver, variables.form, req.param('form'), lead, client)
        : receivePartial(receiver, variables.form, req.param('form'), { lead, step }, client)
    })
    if (result instanceof Response) return result
    if (result.outcome === 'partial')
      return partialResponse(lead.id, findAndLogIgnored(variables.form, req.param('form'), lead))
    if (result.outcome === 'conflict') return wrongKeyResponse()
    if (result.outcome === 'erased') return erasedResponse()
    return answerResponse(lead.id, result, findAndLogIgnored(variables.form, req.param('form'), lead))
  }

  /** Receives a lead from a plain HTML form and answers with a page. */
  async function postHtmlForm(context: Context<FormHonoEnv, '/forms/:form/leads'>): Promise<Response> {
    const { req, var: variables } = context
    const { form } = variables
    const formId = req.param('form')
    const page = req.header('referer') ?? req.header('origin') ?? ''
    const body = new Uint8Array(await req.arrayBuffer())
    const parsed = parseLead(
      parseHtmlForm(body, formId, form, {
        now: new Date(deps.clock.now()),
        page,
        secret: deps.htmlFormSecret,
      }),
    )
    if ('problem' in parsed) return renderFailurePage(400)
    const { lead } = parsed
    const guards = { hiddenField: readHtmlHiddenField(body), challenge: undefined }
    const result = await receive(context, { lead, step: undefined }, guards, (receiver) => {
      const client = { ...clientOf(context), suspicions: findAndLogSuspicions(formId, lead, guards) }
      return receiveLead(receiver, form, formId, lead, client)
    })
    if (result instanceof Response) return renderFailurePage(result.status, result.headers.get('retry-after'))
    if (result.outcome === 'conflict') return renderFailurePage(409)
    if (result.outcome === 'erased') return renderFailurePage(410)
    findAndLogIgnored(form, formId, lead)
    const status = result.outcome === 'invalid' ? 422 : 200
    return renderResultPage(result, status, deps.campaigns.definitionOf(form), parsed.lead)
  }

  /** Receives a lead, if the limits take it, and counts the answer. */
  async function receive<Result extends { readonly outcome: string }>(
    context: Context<FormHonoEnv, '/forms/:form/leads'>,
    posted: { readonly lead: Lead; readonly step: string | undefined },
    { challenge }: LeadGuards,
    work: (receiver: ReceiveLeadDeps) => Promise<Result>,
  ): Promise<Result | Response> {
    const { req, env, var: variables } = context
    const formId = req.param('form')
    // All people behind such a proxy seem to have its address.
    const isAddressKnown = !isFromUnknownProxy(trustedProxies, env.address, req.raw.headers)
    const post = createLeadPost({
      ...posted,
      formId,
      form: variables.form,
      challenge,
      ip: isAddressKnown ? clientOf(context).ip : undefined,
      origin: req.header('origin'),
      hasScript: !isHtmlForm(context),
      changesNothing: () => changesNothing(deps, variables.form, formId, posted),
    })
    const result = await withDatabase(async () => {
      const admission = await deps.protection.admit(post)
      if ('reason' in admission) return refusalResponse(admission)
      try {
        return await work({ ...deps, leads: admission.watch(deps.leads) })
      } finally {
        await admission.end()
      }
    })
    const failure = result instanceof Response && result.status === 429 ? 'limited' : 'not-stored'
    deps.metrics.answered(formId, result instanceof Response ? failure : result.outcome)
    return result
  }

  /** The names of values that the form does not ask for. A page that sends them has another definition than the relay. */
  function findAndLogIgnored(form: FormConfig, formId: string, { id, values }: Lead): readonly string[] {
    const ignored = findIgnoredNames(deps.campaigns.definitionOf(form), values)
    if (ignored.length === 0) return []
    // A name that no field has may be any text, even a value.
    const fields = ignored.filter((name) => isFieldName(fieldNameOf(name)) && !name.startsWith('custom.'))
    deps.log('warning', 'Values that the form does not ask for were ignored', {
      form: formId,
      lead: id,
      fields: fields.join(', '),
      others: ignored.length - fields.length,
    })
    return ignored
  }

  /** Why no person seems to have filled in a lead. */
  function findAndLogSuspicions(form: string, { id }: Lead, filling: Filling): readonly Suspicion[] {
    const suspicions = findSuspicions(filling)
    if (suspicions.length > 0)
      deps.log('info', 'A lead is suspicious', { form, lead: id, reasons: suspicions.join(', ') })
    return suspicions
  }

  async function postCode(context: Context<FormHonoEnv, '/forms/:form/leads/:id/code'>): Promise<Response> {
    const { req, var: variables } = context
    if (!hasJsonType(context)) return contentTypeResponse()
    const id = parseLeadId(req.param('id'))
    if (id === undefined) return unknownLeadResponse()
    const json = parseJson(await req.text())
    if (json === undefined) return notJsonResponse()
    const parsed = parseCode(json)
    if ('problem' in parsed) return errorResponse('not-a-code', `Not a code: ${parsed.problem}.`)
    const answer = await withDatabase(async () => {
      const state = await deps.leads.find(id)
      if (!state || state.form !== req.param('form')) return unknownLeadResponse()
      if (!matchesFormAndKey(state, state.form, hashKey(parsed.key))) return wrongKeyResponse()
      const refusal = await deps.protection.admitCode(id)
      if (refusal) return refusalResponse(refusal)
      return deps.codeVerifier.verify(variables.form, state, parsed.code)
    })
    return answer instanceof Response ? answer : answerResponse(id, answer)
  }

  async function getOutcome(context: Context<FormHonoEnv, '/forms/:form/leads/:id'>): Promise<Response> {
    return withDatabase(() => answerOutcome(deps, readOwnLeadRequest(context)))
  }

  async function withdraw(context: Context<FormHonoEnv, '/forms/:form/leads/:id'>): Promise<Response> {
    return withDatabase(() => withdrawPartialLead(deps, readOwnLeadRequest(context)))
  }

  function clientOf({ req, env }: Context<FormHonoEnv>): ClientInfo {
    return {
      ip: resolveClientIp(env.address, req.header('x-forwarded-for'), trustedProxies),
      userAgent: req.header('user-agent')?.slice(0, 500),
    }
  }

  /** The result of `work`, or the response 503 if it throws. */
  async function withDatabase<Result>(work: () => Promise<Result>): Promise<Result | Response> {
    try {
      return await work()
    } catch (error) {
      if (isUnstorableValue(error)) {
        deps.log('warning', 'A request held a value that cannot be stored', { fault: describeError(error) })
        return unstorableResponse()
      }
      // That the disk is full is logged once.
      if (!(error instanceof OutOfSpaceError))
        deps.log('error', 'The database did not serve a request', { fault: describeError(error) })
      return notStoredResponse()
    }
  }
}

/** Seconds after which a post may be repeated. */
const retryAfterSeconds = '30'

function notStoredResponse(): Response {
  const response = errorResponse(
    'not-stored',
    'Nothing was stored: the database does not answer, or its disk is full. Send it again later.',
  )
  response.headers.set('retry-after', retryAfterSeconds)
  return response
}

function isHtmlForm({ req }: Context): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(req.header('content-type') ?? '')
}

/** Whether a body is JSON by its type. `text/plain` is accepted because it saves a page the preflight request. */
export function hasJsonType({ req }: Context): boolean {
  return /^(application\/json|text\/plain)\s*(;|$)/i.test(req.header('content-type') ?? '')
}

function wrongKeyResponse(): Response {
  return errorResponse(
    'key',
    'This id belongs to a lead with another key: create a new id and key for another lead.',
  )
}
