import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { resolveClientIp } from './client-ip.ts'
import type { RelayConfig } from '../config/config.ts'
import type { CodeVerifier } from '../delivery/verify-code.ts'
import { corsHeaders, isOriginAllowed, publicCorsHeaders, preflightResponse } from './cors.ts'
import { hashContent, hashKey } from '../hash.ts'
import type { FormConfig } from '../config/form-config.ts'
import { matchesFormAndKey, type ReceiveLeadDeps, receiveLead } from '../delivery/receive-lead.ts'
import { deriveAnswer } from '../leads/lead-state.ts'
import { describeError, type Log } from '../log.ts'
import { parseCode } from './parse-code.ts'
import { parseLead } from './parse-lead.ts'
import type { PlaceService } from '../places/place-service.ts'
import { placeRoutes } from './place-routes.ts'
import { parseHtmlForm } from './html-form.ts'
import { renderFailurePage, renderResultPage } from './html-page.ts'
import { answerResponse, errorResponse, outcomeResponse } from './responses.ts'
import { createServedDefinition } from './served-definition.ts'
import { matchesEtag } from './widget-routes.ts'

/** What a request brings beside itself. */
export interface RelayHonoEnv {
  Bindings: { readonly address?: string | undefined }
}

/** What the routes of forms know besides: the form. */
export interface FormHonoEnv extends RelayHonoEnv {
  Variables: { readonly form: FormConfig }
}

/** A lead of every field with long answers has a few kilobytes. */
const maxLeadBytes = 64 * 1024

const maxCodeBytes = 1024

/** The routes of forms: definition, leads, a lead's code, a lead's outcome, places. */
export function formRoutes(
  { forms, publicUrl, trustProxy }: RelayConfig,
  ports: ReceiveLeadDeps & {
    readonly codeVerifier: CodeVerifier
    readonly log: Log
    readonly placeService: PlaceService
  },
): Hono<FormHonoEnv> {
  const routes = new Hono<FormHonoEnv>()
  const stored = async <Result>(work: () => Promise<Result>): Promise<Result | Response> => {
    try {
      return await work()
    } catch (fault) {
      ports.log('error', 'The database did not serve a request', { fault: describeError(fault) })
      return errorResponse(
        'not-stored',
        'Nothing was stored: the database does not answer. Send it again later.',
      )
    }
  }

  routes.use('/forms/:form/*', async (context, next) => {
    const { req } = context
    const found = forms.get(req.param('form'))
    if (!found) return publicErrorResponse('unknown-form', unknownFormText)
    if ('problems' in found) return publicErrorResponse('form-refused', refusedFormText)
    context.set('form', found.form)
    const origin = req.header('origin')
    if (req.method === 'GET' && req.path === `/forms/${req.param('form')}`) {
      // The definition is public: `origins` guards what is posted, and places.
      await next()
      setHeaders(context.res.headers, publicCorsHeaders)
      return undefined
    }
    if (origin === undefined) {
      await next()
    } else if (!isOriginAllowed(origin, found.form.origins, { requestUrl: req.url, publicUrl })) {
      context.res = publicErrorResponse('origin', origin === 'null' ? opaqueOriginText : foreignOriginText)
    } else if (req.method === 'OPTIONS') {
      context.res = preflightResponse()
      setHeaders(context.res.headers, corsHeaders(origin))
    } else {
      await next()
      setHeaders(context.res.headers, corsHeaders(origin))
    }
    context.res.headers.append('vary', 'Origin')
    return undefined
  })

  routes.get('/forms/:form', async ({ req, var: { form } }) => {
    const body = JSON.stringify(createServedDefinition(ports.campaigns.definitionOf(form)))
    const etag = `"${await hashContent(body)}"`
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=60',
      etag,
    }
    return matchesEtag(req.header('if-none-match'), etag)
      ? new Response(null, { status: 304, headers })
      : new Response(body, { headers })
  })

  routes.post(
    '/forms/:form/leads',
    bodyLimit({
      maxSize: maxLeadBytes,
      onError: () => errorResponse('too-large', `A lead has at most ${maxLeadBytes} bytes.`),
    }),
    async ({ req, env, var: { form } }) => {
      const caller = {
        ip: resolveClientIp(env.address, req.header('x-forwarded-for'), trustProxy),
        userAgent: req.header('user-agent')?.slice(0, 500),
      }
      const id = req.param('form')
      if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(req.header('content-type') ?? '')) {
        const page = req.header('referer') ?? req.header('origin') ?? ''
        const found = parseHtmlForm(await req.text(), id, form, { now: new Date(ports.clock.now()), page })
        const result = parseLead(found)
        if ('problem' in result) return renderFailurePage(400)
        const receipt = await stored(() => receiveLead(ports, form, id, result.lead, caller))
        if (receipt instanceof Response) return renderFailurePage(receipt.status)
        return receipt.outcome === 'conflict'
          ? renderFailurePage(409)
          : renderResultPage(
              receipt,
              receipt.outcome === 'invalid' ? 422 : 200,
              ports.campaigns.definitionOf(form),
            )
      }
      if (!isJsonType(req.header('content-type'))) return contentTypeResponse()
      const body = parseJsonBody(await req.text())
      if (!body) return errorResponse('not-json', 'The body is not JSON.')
      const result = parseLead(body.json)
      if ('problem' in result) return errorResponse('not-a-lead', `Not a lead: ${result.problem}.`)
      const { lead } = result
      const receipt = await stored(() => receiveLead(ports, form, id, lead, caller))
      if (receipt instanceof Response) return receipt
      if (receipt.outcome === 'conflict') return wrongKeyResponse()
      return answerResponse(lead.id, receipt)
    },
  )

  routes.post(
    '/forms/:form/leads/:id/code',
    bodyLimit({
      maxSize: maxCodeBytes,
      onError: () => errorResponse('too-large', `A code has at most ${maxCodeBytes} bytes.`),
    }),
    async ({ req, var: { form } }) => {
      if (!isJsonType(req.header('content-type'))) return contentTypeResponse()
      const id = parseLeadId(req.param('id'))
      if (id === undefined) return unknownLeadResponse()
      const body = parseJsonBody(await req.text())
      if (!body) return errorResponse('not-json', 'The body is not JSON.')
      const posted = parseCode(body.json)
      if ('problem' in posted) return errorResponse('not-a-code', `Not a code: ${posted.problem}.`)
      const answer = await stored(async () => {
        const state = await ports.leads.find(id)
        if (!state || state.form !== req.param('form')) return unknownLeadResponse()
        if (!matchesFormAndKey(state, state.form, hashKey(posted.key))) return wrongKeyResponse()
        return ports.codeVerifier.verify(form, state, posted.code)
      })
      return answer instanceof Response ? answer : answerResponse(id, answer)
    },
  )

  routes.get('/forms/:form/leads/:id', async ({ req }) => {
    const id = parseLeadId(req.param('id'))
    if (id === undefined) return unknownLeadResponse()
    const state = await stored(() => ports.leads.find(id))
    if (state instanceof Response) return state
    if (!state || state.form !== req.param('form')) return unknownLeadResponse()
    const [, key] = /^Bearer ([\w-]+)$/i.exec(req.header('authorization') ?? '') ?? []
    if (key === undefined || !matchesFormAndKey(state, req.param('form'), hashKey(key))) {
      return errorResponse('key', "Expected the lead's key: Authorization: Bearer <key>.")
    }
    return outcomeResponse(id, deriveAnswer(state.deliveries))
  })

  routes.route('/', placeRoutes(ports.placeService))
  return routes
}

const unknownFormText =
  'There is no form of that name here: compare the last part of the address (data-relay) with the names under "forms" in the relay\'s configuration.'
const refusedFormText =
  'This form is not set up correctly: /healthz of this relay lists what to mend in its configuration. Start the relay again then.'
const foreignOriginText =
  'Pages of this origin may not use the form: add the page\'s origin (https://…, without a path) to "origins" of the form in the relay\'s configuration.'
const opaqueOriginText =
  'This page has no origin (it was opened from a file or in a sandboxed frame): serve it from a web address, and add that to "origins" of the form in the relay\'s configuration.'

/** An error that every page may read: there is nothing in it but what its owner has to do. */
function publicErrorResponse(...error: Parameters<typeof errorResponse>): Response {
  const response = errorResponse(...error)
  setHeaders(response.headers, publicCorsHeaders)
  return response
}

function unknownLeadResponse(): Response {
  return errorResponse('unknown-lead', 'There is no lead of that id here.')
}

function wrongKeyResponse(): Response {
  return errorResponse('key', 'This id belongs to a lead with another key.')
}

/** text/plain spares the page a preflight. */
function isJsonType(type = ''): boolean {
  return /^(application\/json|text\/plain)\s*(;|$)/i.test(type)
}

function contentTypeResponse(): Response {
  return errorResponse('content-type', 'Expected JSON, sent as application/json or text/plain.')
}

function parseLeadId(text: string): string | undefined {
  const id = text.toLowerCase()
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined
}

function parseJsonBody(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function setHeaders(headers: Headers, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) headers.set(name, value)
}
