import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { array, boolean, maxLength, object, optional, pipe, safeParse, string } from 'valibot'
import { isUuid } from '../../../../lead/lead-identity.ts'
import { parseJson } from '../../../../providers/core/json.ts'
import { filterableParameters } from '../../../database/schema/console-steps.ts'
import { listAudit, recordAudit } from '../../../leads/console/audit-log.ts'
import { listLeads } from '../../../leads/console/lead-list.ts'
import { loadLeadDetails, loadRevisions } from '../../../leads/console/load-lead-details.ts'
import type { OperatorRequest, OperatorResult } from '../../../leads/console/retry-delivery.ts'
import { findDestination } from '../../../leads/routing.ts'
import { erasedResponse } from '../../failures.ts'
import { errorResponse, uncachedJson } from '../../responses.ts'
import type {
  AuditList,
  BulkRetryAnswer,
  FilterChoices,
  LeadDetails,
  LeadList,
  MaskedRequest,
  ResolveAnswer,
  RetryAnswer,
  RevealedLead,
} from '../lead-answers.ts'
import type { AdminHonoEnv } from '../session/access.ts'
import { exportRoutes } from './export-routes.ts'
import { formatAudit, formatLeadDetails, formatLeadRow } from './lead-answer.ts'
import type { AdminLeadDeps } from './lead-deps.ts'
import { buildMaskedRequest } from './masked-request.ts'
import {
  formatCursor,
  leadStatuses,
  type ListRequest,
  type ParsedRequest,
  parseListQuery,
  parseSearch,
} from './parse-filter.ts'

/** Leads on a page, and lines of the audit log. */
const pageSize = 50

/** Leads that are sent again by one request. */
const maxBulk = 100

const retrySchema = object({ destination: optional(string()) })
const resolveSchema = object({ destination: string(), arrived: boolean() })
const bulkSchema = object({ ids: pipe(array(string()), maxLength(maxBulk)) })

const refusalTexts = {
  'unknown-lead': 'There is no lead of this id.',
  'not-retriable':
    'Nothing was sent: only a delivery that waits, has failed, was refused or certainly did not arrive is sent again, and never one that is being sent, or whose lead another destination has.',
  'not-resolvable':
    'Nothing was changed: only a delivery that may have arrived without an answer is resolved.',
} as const

/** Routes by which operators find leads, look at them, and send them again. */
export function adminLeadRoutes(deps: AdminLeadDeps): Hono<AdminHonoEnv> {
  const { database, encryption, operatorActions, routingFor, leadEvents, wakeWorker, config, forms, clock } =
    deps
  const routes = new Hono<AdminHonoEnv>()
  const now = () => new Date(clock.now())
  const limit = bodyLimit({
    maxSize: 16_384,
    onError: () => errorResponse('too-large', 'Expected JSON of some hundred bytes.'),
  })

  routes.get('/admin/filters', () => uncachedJson(describeFilters()))
  routes.get('/admin/leads', ({ req }) => answerList(parseListQuery(new URL(req.url).searchParams)))

  routes.post('/admin/leads/search', limit, async (context) => {
    const request = parseSearch(await context.req.text(), encryption.contacts)
    if (!('problem' in request)) {
      const { number: _, ...details } = request.described
      await recordAudit(database, { user: context.get('user').name, action: 'search', details }, now())
    }
    return answerList(request)
  })

  routes.route('/', exportRoutes(deps))

  routes.get('/admin/audit', async ({ req }) => {
    const cursor = req.query('cursor')
    if (cursor !== undefined && !/^\d{1,18}$/.test(cursor))
      return errorResponse('parameter', 'cursor: expected the "next" of another answer')
    const lines = await listAudit(database, cursor, pageSize + 1)
    const entries = lines.slice(0, pageSize)
    const next = lines.length > pageSize ? entries.at(-1)?.number : undefined
    const list: AuditList = {
      entries: entries.map(formatAudit),
      ...(next === undefined ? {} : { next }),
    }
    return uncachedJson(list)
  })

  routes.post('/admin/leads/retry', limit, async (context) => {
    const body = safeParse(bulkSchema, parseJson(await context.req.text()))
    if (!body.success) return errorResponse('parameter', `Expected JSON: { "ids": [at most ${maxBulk}] }.`)
    const retried: string[] = []
    const skipped: { id: string; code: BulkRetryAnswer['skipped'][number]['code'] }[] = []
    for (const given of new Set(body.output.ids.map((id) => id.toLowerCase()))) {
      const result = isUuid(given)
        ? await retry(given, undefined, requestOf(context))
        : ({ refusal: 'unknown-lead' } as const)
      if (!('refusal' in result)) retried.push(given)
      else if (result.refusal === 'not-retriable') skipped.push({ id: given, code: 'not-retriable' })
      else skipped.push({ id: given, code: (await isErased(given)) ? 'erased' : 'unknown-lead' })
    }
    const answer: BulkRetryAnswer = { retried, skipped }
    return uncachedJson(answer)
  })

  routes.get('/admin/leads/:id', async ({ req }) => {
    const details = await loadAnswer(req.param('id'))
    return details ? uncachedJson(details) : missingResponse(req.param('id'))
  })

  routes.post('/admin/leads/:id/reveal', async (context) => {
    const id = context.req.param('id').toLowerCase()
    if (!isUuid(id) || !(await isStored(id))) return missingResponse(id)
    await recordAudit(database, { user: context.get('user').name, action: 'reveal', lead: id }, now())
    const revisions = await loadRevisions(database, id)
    const revealed: RevealedLead = {
      id,
      revisions: revisions.map(({ revision, values, address, userAgent }) => ({
        revision,
        values: Object.fromEntries(
          Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
        ),
        ...(address === null ? {} : { address }),
        ...(userAgent === null ? {} : { userAgent }),
      })),
    }
    return uncachedJson(revealed)
  })

  routes.post('/admin/leads/:id/retry', limit, async (context) => {
    const id = context.req.param('id').toLowerCase()
    const text = await context.req.text()
    const body = safeParse(retrySchema, text.trim() === '' ? {} : parseJson(text))
    if (!body.success) return errorResponse('parameter', 'Expected JSON: { "destination"? }.')
    const result = isUuid(id)
      ? await retry(id, body.output.destination, requestOf(context))
      : ({ refusal: 'unknown-lead' } as const)
    if ('refusal' in result) return refusalAnswer(id, result.refusal)
    const lead = await loadAnswer(id)
    const answer: RetryAnswer | undefined = lead && { lead, retried: result.destinations }
    return answer ? uncachedJson(answer) : missingResponse(id)
  })

  routes.post('/admin/leads/:id/resolve', limit, async (context) => {
    const id = context.req.param('id').toLowerCase()
    const body = safeParse(resolveSchema, parseJson(await context.req.text()))
    if (!body.success) return errorResponse('parameter', 'Expected JSON: { "destination", "arrived" }.')
    const { destination, arrived } = body.output
    const result = isUuid(id)
      ? await operatorActions.resolve(id, destination, arrived, requestOf(context))
      : ({ refusal: 'unknown-lead' } as const)
    if ('refusal' in result) return refusalAnswer(id, result.refusal)
    leadEvents.emit(id, { state: result.state })
    const lead = await loadAnswer(id)
    const answer: ResolveAnswer | undefined = lead && { lead }
    return answer ? uncachedJson(answer) : missingResponse(id)
  })

  return routes

  function requestOf(context: Context<AdminHonoEnv>): OperatorRequest {
    return { user: context.get('user').name, now: now() }
  }

  async function retry(
    id: string,
    destination: string | undefined,
    request: OperatorRequest,
  ): Promise<OperatorResult> {
    const result = await operatorActions.retry(id, destination, request)
    if ('refusal' in result) return result
    leadEvents.emit(id, { state: result.state })
    wakeWorker(result.destinations)
    return result
  }

  async function answerList(request: ParsedRequest): Promise<Response> {
    if ('problem' in request) return errorResponse('parameter', request.problem)
    return uncachedJson(await readList(request))
  }

  async function readList({ filter, after }: ListRequest): Promise<LeadList> {
    const { leads, next } = await listLeads(database, filter, after, pageSize)
    return { leads: leads.map(formatLeadRow), ...(next ? { next: formatCursor(next) } : {}) }
  }

  async function loadAnswer(given: string): Promise<LeadDetails | undefined> {
    const id = given.toLowerCase()
    const lead = isUuid(id) ? await loadLeadDetails(database, id) : undefined
    if (!lead) return undefined
    const routing = routingFor(lead.state.form)
    const requests = new Map<string, MaskedRequest>()
    for (const delivery of lead.state.deliveries) {
      const destination = findDestination(routing.destinations, delivery.destination)
      const stored = lead.deliveries.find((one) => one.destination === delivery.destination)
      const revision = lead.revisions.find((one) => one.revision === stored?.revision)
      const request =
        destination &&
        revision &&
        deps.maskedRequests &&
        (await buildMaskedRequest(deps.maskedRequests, destination, lead, revision, delivery, now()))
      if (request) {
        const { body, ...others } = request
        requests.set(delivery.destination, { ...others, ...(body === undefined ? {} : { body }) })
      }
    }
    return formatLeadDetails(lead, {
      routing,
      providerOf: (key) => findDestination(routing.destinations, key)?.provider,
      requests,
    })
  }

  async function isStored(id: string): Promise<boolean> {
    const rows = await database.query('select from anketa.leads where id = $1', [id])
    return rows.length > 0
  }

  async function isErased(id: string): Promise<boolean> {
    return isUuid(id) && deps.isErased(id)
  }

  async function missingResponse(id: string): Promise<Response> {
    return (await isErased(id.toLowerCase()))
      ? erasedResponse()
      : errorResponse('unknown-lead', refusalTexts['unknown-lead'])
  }

  async function refusalAnswer(id: string, refusal: keyof typeof refusalTexts): Promise<Response> {
    return refusal === 'unknown-lead' ? missingResponse(id) : errorResponse(refusal, refusalTexts[refusal])
  }

  function describeFilters(): FilterChoices {
    return {
      forms: [...config.forms].map(([form, result]) => {
        if ('problems' in result) return { form, problems: result.problems, destinations: [] }
        const { definition, destinations } = forms.get(form) ?? result.form
        return {
          form,
          ...(definition.title === undefined ? {} : { title: definition.title }),
          destinations: destinations.map(({ key, provider }) => ({ destination: key, provider })),
        }
      }),
      attribution: filterableParameters,
      statuses: leadStatuses,
    }
  }
}
