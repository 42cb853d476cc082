import type {
  AdminErrorCode,
  AuditEntry,
  AuditList,
  BulkRetryAnswer,
  ConsoleRole,
  FilterChoices,
  LeadDetails,
  LeadList,
  LeadRow,
  ResolveAnswer,
  RetryAnswer,
  RevealedLead,
  SessionAnswer,
} from '../../../src/relay/http/admin/lead-answers.ts'
import type { FormDetails } from '../../../src/relay/http/admin/forms/form-answers.ts'
import { leadStatusNames } from '../../../src/console/state/lead-status-names.ts'
import { inventStatistics } from './invented-statistics.ts'
import { createInventedLeads, type InventedLeadDetails } from './invented-rows.ts'

/** A request that the fake relay has received. */
export interface ReceivedRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly body: string
}

/** Users of the fake relay: each one's password is `<name>-password`. */
export const fakeUsers: Readonly<Record<string, ConsoleRole>> = {
  anna: 'see',
  boris: 'work',
  clara: 'configure',
}

/** The admin token of the fake relay. */
export const fakeToken = 'an-invented-admin-token'

const pageSize = 50

/** How the fake relay is. */
export interface FakeConsoleRelayOptions {
  readonly signedIn?: string
  readonly leads?: readonly InventedLeadDetails[]
  /** Pages without a lead that come before the others, as where filters hardly ever meet. */
  readonly emptyPages?: number
  /** A form, which the builder opens and saves. */
  readonly form?: FormDetails | undefined
}

/** The console's routes over invented leads in memory, as a `fetch`. A name of `signedIn` has a session from the start. */
export function createFakeConsoleRelay({
  signedIn,
  leads: invented = createInventedLeads(),
  emptyPages = 0,
  form,
}: FakeConsoleRelayOptions = {}) {
  const leads = new Map(invented.map((one) => [one.lead.id, one]))
  const erased = new Set<string>()
  const audit: AuditEntry[] = []
  const requests: ReceivedRequest[] = []
  let user: SessionAnswer | undefined = signedIn === undefined ? undefined : describeUser(signedIn)
  let failure: number | undefined
  let held: Promise<void> | undefined
  let session = 0

  async function answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url)
    const path = pathname.replace(/^\/relay\//, '')
    const text = await request.text()
    requests.push({ method: request.method, path: path + search, body: text })
    await held
    if (failure !== undefined) return new Response('', { status: failure })
    if (request.method !== 'GET' && request.headers.get('x-anketa-console') !== '1')
      return refuse(403, 'origin')
    const body: Record<string, unknown> = text ? JSON.parse(text) : {}
    if (path === 'console/session') return answerSession(request.method, body)
    if (!user) return refuse(401, 'no-token')
    if (request.headers.get('x-anketa-session') !== user.id) return refuse(409, 'other-session')
    return answerAdmin(request.method, path, new URLSearchParams(search), body)
  }

  function answerSession(method: string, body: Record<string, unknown>): Response {
    if (method === 'DELETE') {
      user = undefined
      return new Response(null, { status: 204 })
    }
    if (method === 'POST') {
      const { name, password, token } = body
      if (token === fakeToken) user = describeUser('admin')
      else if (typeof name === 'string' && name in fakeUsers && password === `${name}-password`)
        user = describeUser(name)
      else return refuse(403, 'credentials')
    }
    return user ? Response.json(user) : refuse(401, 'no-token')
  }

  function answerAdmin(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): Response {
    const [, id = '', action = ''] = /^admin\/leads\/([\da-f-]{36})(?:\/(\w+))?$/.exec(path) ?? []
    const isForWorkers = method !== 'GET' && path !== 'admin/leads/search'
    if (isForWorkers && user?.role === 'see') return refuse(403, 'role')
    switch (`${method} ${path}`) {
      case 'GET admin/filters':
        return Response.json(choices)
      case 'GET admin/leads':
        return Response.json(listLeads(Object.fromEntries(query)))
      case 'POST admin/leads/search':
        return Response.json(listLeads(body))
      case 'POST admin/leads/retry':
        return Response.json(retryMany(Array.isArray(body['ids']) ? body['ids'].map(String) : []))
      case 'POST admin/export':
        record('export')
        return Response.json({ leads: findPerson(body).map(({ clear }) => clear) })
      case 'POST admin/erase': {
        const found = findPerson(body)
        for (const { lead } of found) eraseLead(lead.id)
        return Response.json({ erased: found.length })
      }
      case 'GET admin/audit':
        if (user?.role !== 'configure') return refuse(403, 'role')
        return Response.json({ entries: audit } satisfies AuditList)
      case 'GET admin/stats':
        return Response.json(inventStatistics(query))
      case 'GET healthz':
        return Response.json(health)
    }
    if (form && path === `admin/forms/${form.form}`)
      return Response.json(method === 'GET' ? form : { number: form.latest + 1 })
    if (erased.has(id)) return refuse(410, 'erased')
    const found = leads.get(id)
    if (!found) return refuse(404, 'unknown-lead')
    return answerLead(method, action, found, body)
  }

  function answerLead(
    method: string,
    action: string,
    found: InventedLeadDetails,
    body: Record<string, unknown>,
  ): Response {
    const { lead } = found
    switch (`${method} ${action}`) {
      case 'GET ':
        return Response.json(lead)
      case 'DELETE ':
        eraseLead(lead.id)
        return Response.json({ erased: 1 })
      case 'POST reveal': {
        record('reveal', lead.id)
        const revealed: RevealedLead = {
          id: lead.id,
          revisions: [{ revision: 1, values: found.clear, address: '192.0.2.7', userAgent: 'Invented/1.0' }],
        }
        return Response.json(revealed)
      }
      case 'POST retry': {
        if (!lead.deliveries.some(({ canRetry }) => canRetry)) return refuse(409, 'not-retriable')
        found.lead = retried(lead)
        record('retry', lead.id)
        return Response.json({ lead: found.lead, retried: ['devtek'] } satisfies RetryAnswer)
      }
      case 'POST resolve': {
        found.lead = resolved(lead, body['arrived'] === true)
        record('resolve', lead.id)
        return Response.json({ lead: found.lead } satisfies ResolveAnswer)
      }
    }
    return refuse(404, 'not-found')
  }

  function listLeads(wanted: Readonly<Record<string, unknown>>): LeadList {
    const found = [...leads.values()].filter(
      ({ lead, clear }) =>
        (wanted['form'] === undefined || lead.form === wanted['form']) &&
        (wanted['status'] === undefined || lead.status === wanted['status']) &&
        (wanted['destination'] === undefined || lead.destination === wanted['destination']) &&
        (wanted['phone'] === undefined || samePhone(clear['phone'], wanted['phone'])) &&
        (wanted['email'] === undefined || clear['email'] === wanted['email']) &&
        (wanted['name'] === undefined || clear['lastName'] === wanted['name']) &&
        (wanted['number'] === undefined || lead.number === wanted['number']),
    )
    const start = Number(wanted['cursor'] ?? -emptyPages)
    if (start < 0) return { leads: [], next: String(start + 1) }
    const page: readonly LeadRow[] = found.slice(start, start + pageSize).map(({ lead }) => lead)
    return found.length > start + pageSize ? { leads: page, next: String(start + pageSize) } : { leads: page }
  }

  function retryMany(ids: readonly string[]): BulkRetryAnswer {
    const may = ids.filter((id) => leads.get(id)?.lead.deliveries.some(({ canRetry }) => canRetry))
    for (const id of may) {
      const found = leads.get(id)
      if (found) found.lead = retried(found.lead)
    }
    return {
      retried: may,
      skipped: ids
        .filter((id) => !may.includes(id))
        .map((id) => ({ id, code: leads.has(id) ? 'not-retriable' : 'unknown-lead' })),
    }
  }

  function findPerson({ phone, email }: Readonly<Record<string, unknown>>) {
    return [...leads.values()].filter(
      ({ clear }) =>
        (phone !== undefined && samePhone(clear['phone'], phone)) ||
        (email !== undefined && clear['email'] === email),
    )
  }

  function eraseLead(id: string): void {
    leads.delete(id)
    erased.add(id)
    record('erase')
  }

  function record(action: AuditEntry['action'], lead?: string): void {
    const at = new Date(Date.UTC(2026, 10, 28, 10, 0, audit.length)).toISOString()
    const entry: AuditEntry = { at, user: user?.name ?? '', action, ...(lead ? { lead } : {}) }
    audit.unshift(entry)
    const found = lead === undefined ? undefined : leads.get(lead)
    if (found) found.lead = { ...found.lead, audit: [entry, ...found.lead.audit] }
  }

  const fake: typeof fetch = (input, init) => answer(new Request(input, init))
  return {
    fetch: fake,
    requests,
    /** The leads as they are now. */
    leads: () => [...leads.values()].map(({ lead }) => lead),
    /** Somebody signs in in another tab of the browser. */
    signInElsewhere(name: string) {
      session += 1
      user = { ...describeUser(name), id: `session-${session}` }
    },
    endSession() {
      user = undefined
    },
    /** Answers wait until what this returns is called. */
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return () => {
        held = undefined
        resolve()
      }
    },
    /** Every request fails with this status until it is called without one. */
    fail(status?: number) {
      failure = status
    },
  }
}

function describeUser(name: string): SessionAnswer {
  const role = fakeUsers[name] ?? 'configure'
  return {
    id: `session-of-${name}`,
    name,
    role,
    expiresAt: '2026-11-29T09:00:00.000Z',
    idleMinutes: 60,
    edit: false,
  }
}

function refuse(status: number, code: AdminErrorCode): Response {
  return Response.json({ error: { code, message: 'As the relay says it.' } }, { status })
}

function samePhone(stored: unknown, sought: unknown): boolean {
  const digits = (text: unknown) => String(text).replace(/\D/g, '').slice(-10)
  return digits(stored) === digits(sought)
}

function retried(lead: LeadDetails): LeadDetails {
  const { problem: _, ...rest } = lead
  return {
    ...rest,
    status: 'queued',
    deliveries: lead.deliveries.map((delivery) => ({ ...delivery, status: 'waiting', canRetry: false })),
  }
}

function resolved(lead: LeadDetails, arrived: boolean): LeadDetails {
  const { problem: _, ...rest } = lead
  return {
    ...rest,
    status: arrived ? 'accepted' : 'failed',
    deliveries: lead.deliveries.map((delivery) => ({
      ...delivery,
      status: arrived ? 'decided' : 'failed',
      ...(arrived ? { outcome: 'accepted' as const } : {}),
      canResolve: false,
      canRetry: !arrived,
    })),
  }
}

const choices: FilterChoices = {
  forms: [
    { form: 'main', title: 'Заём', destinations: [{ destination: 'devtek', provider: 'devtek' }] },
    { form: 'callback', destinations: [{ destination: 'devtek', provider: 'devtek' }] },
    { form: 'archive', destinations: [] },
  ],
  attribution: ['utm_source', 'utm_medium', 'utm_campaign', 'channel', 'subId1'],
  statuses: leadStatusNames,
}

const health = {
  status: 'degraded',
  version: '0.1.0',
  reasons: ['main/devtek: 1 deliveries are uncertain: ask the provider whether it has the leads.'],
  destinations: {
    main: {
      devtek: {
        waiting: 1,
        failed: 1,
        uncertain: 1,
        refused: 0,
        unreadable: 0,
        lastSuccess: '2026-11-28T09:12:00.000Z',
        lastFailure: { at: '2026-11-28T09:30:00.000Z', reason: 'HTTP 503' },
      },
    },
    callback: { devtek: { waiting: 0, failed: 0, uncertain: 0, refused: 0, unreadable: 0 } },
  },
}
