import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { callerAddress } from './caller-address.ts'
import type { RelayConfig } from './config.ts'
import type { Confirmation } from './confirmation.ts'
import { corsHeaders, isOriginAllowed, openToAll, preflightReply } from './cross-origin.ts'
import { fingerprint } from './fingerprint.ts'
import type { FormSetup } from './form-setup.ts'
import { belongsTo, type IntakePorts, takeLead } from './intake.ts'
import { hashKey } from './key-hash.ts'
import { answerOf } from './lead-state.ts'
import { faultText, type Log } from './log.ts'
import { parseCode } from './parse-code.ts'
import { parseLead } from './parse-lead.ts'
import type { PlaceDesk } from './places/place-desk.ts'
import { placeRoutes } from './places/place-routes.ts'
import { readPlainForm } from './plain-form.ts'
import { plainFailure, plainPage } from './plain-page.ts'
import { answerReply, errorReply, stateReply } from './reply.ts'
import { hasTag } from './script-route.ts'

/** What a request brings beside itself. */
export interface RelayEnvironment {
  Bindings: { readonly address?: string | undefined }
}

/** What the routes of forms know besides: the form. */
export interface FormEnvironment extends RelayEnvironment {
  Variables: { readonly form: FormSetup }
}

/** A lead of every field with long answers has a few kilobytes. */
const largestLead = 64 * 1024

const largestCode = 1024

/** The routes of forms: definition, leads, a lead's code, a lead's outcome, places. */
export function formRoutes(
  { forms, publicUrl, trustProxy }: RelayConfig,
  ports: IntakePorts & { readonly confirmation: Confirmation; readonly log: Log; readonly desk: PlaceDesk },
): Hono<FormEnvironment> {
  const routes = new Hono<FormEnvironment>()
  const stored = async <Result>(work: () => Promise<Result>): Promise<Result | Response> => {
    try {
      return await work()
    } catch (fault) {
      ports.log('error', 'The database did not serve a request', { fault: faultText(fault) })
      return errorReply(
        'not-stored',
        'Nothing was stored: the database does not answer. Send it again later.',
      )
    }
  }

  routes.use('/forms/:form/*', async (context, next) => {
    const { req } = context
    const found = forms.get(req.param('form'))
    if (!found) return publicError('unknown-form', unknownFormText)
    if ('problems' in found) return publicError('form-refused', refusedFormText)
    context.set('form', found.form)
    const origin = req.header('origin')
    if (origin === undefined) {
      await next()
    } else if (!isOriginAllowed(origin, found.form.origins, { requestUrl: req.url, publicUrl })) {
      context.res = publicError('origin', origin === 'null' ? noOriginText : strangeOriginText)
    } else if (req.method === 'OPTIONS') {
      context.res = preflightReply()
      setAll(context.res.headers, corsHeaders(origin))
    } else {
      await next()
      setAll(context.res.headers, corsHeaders(origin))
    }
    context.res.headers.append('vary', 'Origin')
    return undefined
  })

  routes.get('/forms/:form', async ({ req, var: { form } }) => {
    const body = JSON.stringify(ports.campaigns.definitionOf(form))
    const etag = `"${await fingerprint(body)}"`
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=60',
      etag,
    }
    return hasTag(req.header('if-none-match'), etag)
      ? new Response(null, { status: 304, headers })
      : new Response(body, { headers })
  })

  routes.post(
    '/forms/:form/leads',
    bodyLimit({
      maxSize: largestLead,
      onError: () => errorReply('too-large', `A lead has at most ${largestLead} bytes.`),
    }),
    async ({ req, env, var: { form } }) => {
      const caller = {
        ip: callerAddress(env.address, req.header('x-forwarded-for'), trustProxy),
        userAgent: req.header('user-agent')?.slice(0, 500),
      }
      const id = req.param('form')
      if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(req.header('content-type') ?? '')) {
        const page = req.header('referer') ?? req.header('origin') ?? ''
        const found = readPlainForm(await req.text(), id, form, { now: new Date(ports.clock.now()), page })
        const result = parseLead(found)
        if ('problem' in result) return plainFailure(400)
        const receipt = await stored(() => takeLead(ports, form, id, result.lead, caller))
        if (receipt instanceof Response) return plainFailure(receipt.status)
        return receipt.outcome === 'conflict'
          ? plainFailure(409)
          : plainPage(receipt, receipt.outcome === 'invalid' ? 422 : 200, ports.campaigns.definitionOf(form))
      }
      if (!isJsonType(req.header('content-type'))) return contentTypeError()
      const body = parseBody(await req.text())
      if (!body) return errorReply('not-json', 'The body is not JSON.')
      const result = parseLead(body.json)
      if ('problem' in result) return errorReply('not-a-lead', `Not a lead: ${result.problem}.`)
      const { lead } = result
      const receipt = await stored(() => takeLead(ports, form, id, lead, caller))
      if (receipt instanceof Response) return receipt
      if (receipt.outcome === 'conflict') return otherKey()
      return answerReply(lead.id, receipt)
    },
  )

  routes.post(
    '/forms/:form/leads/:id/code',
    bodyLimit({
      maxSize: largestCode,
      onError: () => errorReply('too-large', `A code has at most ${largestCode} bytes.`),
    }),
    async ({ req, var: { form } }) => {
      if (!isJsonType(req.header('content-type'))) return contentTypeError()
      const id = leadIdOf(req.param('id'))
      if (id === undefined) return unknownLead()
      const body = parseBody(await req.text())
      if (!body) return errorReply('not-json', 'The body is not JSON.')
      const posted = parseCode(body.json)
      if ('problem' in posted) return errorReply('not-a-code', `Not a code: ${posted.problem}.`)
      const answer = await stored(async () => {
        const state = await ports.leads.find(id)
        if (!state || state.form !== req.param('form')) return unknownLead()
        if (!belongsTo(state, state.form, hashKey(posted.key))) return otherKey()
        return ports.confirmation.take(form, state, posted.code)
      })
      return answer instanceof Response ? answer : answerReply(id, answer)
    },
  )

  routes.get('/forms/:form/leads/:id', async ({ req }) => {
    const id = leadIdOf(req.param('id'))
    if (id === undefined) return unknownLead()
    const state = await stored(() => ports.leads.find(id))
    if (state instanceof Response) return state
    if (!state || state.form !== req.param('form')) return unknownLead()
    const [, key] = /^Bearer ([\w-]+)$/i.exec(req.header('authorization') ?? '') ?? []
    if (key === undefined || !belongsTo(state, req.param('form'), hashKey(key))) {
      return errorReply('key', "Expected the lead's key: Authorization: Bearer <key>.")
    }
    return stateReply(id, answerOf(state.deliveries))
  })

  routes.route('/', placeRoutes(ports.desk))
  return routes
}

const unknownFormText =
  'There is no form of that name here: compare the last part of the address (data-relay) with the names under "forms" in the relay\'s configuration.'
const refusedFormText =
  'This form is not set up correctly: /healthz of this relay lists what to mend in its configuration. Start the relay again then.'
const strangeOriginText =
  'Pages of this origin may not use the form: add the page\'s origin (https://…, without a path) to "origins" of the form in the relay\'s configuration.'
const noOriginText =
  'This page has no origin (it was opened from a file or in a sandboxed frame): serve it from a web address, and add that to "origins" of the form in the relay\'s configuration.'

/** An error that every page may read: there is nothing in it but what its owner has to do. */
function publicError(...error: Parameters<typeof errorReply>): Response {
  const response = errorReply(...error)
  setAll(response.headers, openToAll)
  return response
}

function unknownLead(): Response {
  return errorReply('unknown-lead', 'There is no lead of that id here.')
}

function otherKey(): Response {
  return errorReply('key', 'This id belongs to a lead with another key.')
}

/** text/plain spares the page a preflight. */
function isJsonType(type = ''): boolean {
  return /^(application\/json|text\/plain)\s*(;|$)/i.test(type)
}

function contentTypeError(): Response {
  return errorReply('content-type', 'Expected JSON, sent as application/json or text/plain.')
}

function leadIdOf(text: string): string | undefined {
  const id = text.toLowerCase()
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined
}

function parseBody(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function setAll(headers: Headers, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) headers.set(name, value)
}
