import { type FormDefinition, parseDefinition, type Preset } from '../form/definition.ts'
import type { FormInput } from '../form/define-form.ts'
import { presets } from '../form/presets/presets.ts'
import type { Lead } from '../lead/lead.ts'
import { createFakeResponse, type FakeAnswer, toJsonResponse } from './fake-answer.ts'
import { createFakePlaces, type FakePlaces } from './fake-places.ts'
import { fulfillRoute, type RouteLike } from './fulfill-route.ts'

/** What a fake relay plays. */
export interface FakeRelayOptions {
  /** A preset's name, or a form's definition; documents that it does not name are invented. */
  readonly definition: string | FormInput
  /** How leads and codes are answered, one after the other; the last answer stays. `accepted` unless given. */
  readonly answers?: FakeAnswer | readonly FakeAnswer[]
  /** The cities that it knows, by region. */
  readonly places?: FakePlaces
}

/** A relay for tests: no server, no network. It plays every form's address, `…/forms/<any name>`. */
export interface FakeRelay {
  /** What it serves. */
  readonly definition: FormDefinition
  /** Every lead that arrived, in order: a lead that was corrected, or repeated, is there each time. */
  readonly leads: readonly Lead[]
  /** Every code that arrived. */
  readonly codes: readonly string[]
  /** Changes how it answers from now on. */
  answer(...answers: readonly [FakeAnswer, ...FakeAnswer[]]): void
  /** Answers a request, for Mock Service Worker, a server of the test's own, or anything that speaks Fetch. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /**
   * Stands in for the page's own `fetch`, and lets through what is not for a relay. Returns how to put that back.
   */
  install(page?: { fetch: typeof globalThis.fetch }): () => void
  /** Answers Playwright: `page.route('**\/forms/**', relay.route)`. */
  route(route: RouteLike): Promise<void>
}

/** Stands for the documents that a definition in a test does not name. */
const defaultDocuments = {
  operator: { name: 'ООО «Пример»', address: 'Москва', withdrawalContact: 'dpo@example.ru' },
  policyUrl: 'https://example.ru/policy',
  consents: [
    {
      id: 'processing',
      required: true,
      documentUrl: 'https://example.ru/consent/2026-09-01.html',
      version: '2026-09-01',
    },
  ],
}

/** Makes a fake relay. Throws on a definition that a relay would refuse, with the list of what is wrong. */
export function createFakeRelay({
  definition: given,
  answers = 'accepted',
  places = {},
}: FakeRelayOptions): FakeRelay {
  const definition = resolveFakeDefinition(given)
  const directory = createFakePlaces(places)
  const leads: Lead[] = []
  const codes: string[] = []
  let queue: readonly FakeAnswer[] = typeof answers === 'string' || 'outcome' in answers ? [answers] : answers

  function next(): FakeAnswer {
    const [first = 'accepted', ...rest] = queue
    if (rest.length > 0) queue = rest
    return first
  }

  async function answerRequest(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const own = formPathPattern.exec(url.pathname)
    const path = own ? (own[1] ?? '') : '?'
    if (request.method === 'GET') {
      if (path === '') return toJsonResponse(200, definition)
      const found = directory(path, url.searchParams)
      if (found) return toJsonResponse(200, found)
    }
    if (request.method === 'POST' && path === '/leads') {
      const lead: Lead = await request.json()
      leads.push(lead)
      return createFakeResponse(lead.id, next())
    }
    const [, id] = /^\/leads\/([^/]+)\/code$/.exec(path) ?? []
    if (request.method === 'POST' && id !== undefined) {
      const { code }: { readonly code: string } = await request.json()
      codes.push(code)
      return createFakeResponse(id, next())
    }
    const message = `the fake relay plays no ${request.method} ${url.pathname}`
    return toJsonResponse(404, { error: { code: 'not-found', message } })
  }

  const relay: FakeRelay = {
    definition,
    leads,
    codes,
    answer(...next) {
      queue = next
    },
    fetch: async (input, init) => answerRequest(new Request(input, init)),
    install(page = globalThis) {
      const before = page.fetch
      page.fetch = async (input, init) => {
        // The browser reads relative addresses as the page does.
        const request = new Request(input, init)
        return formPathPattern.test(new URL(request.url).pathname)
          ? answerRequest(request)
          : Reflect.apply(before, globalThis, [input, init])
      }
      return () => {
        page.fetch = before
      }
    },
    route: (route) => fulfillRoute(route, relay.fetch),
  }
  return relay
}

/** The address of a form, whatever stands before it, and what follows. */
const formPathPattern = /\/forms\/[^/]+?(\/(?:leads|regions|cities).*)?\/*$/

function resolveFakeDefinition(given: string | FormInput): FormDefinition {
  const parsed = parseDefinition({
    ...defaultDocuments,
    ...(typeof given === 'string' ? findPreset(given) : given),
  })
  if ('problems' in parsed) throw new Error(`createFakeRelay: ${parsed.problems.join('; ')}`)
  return parsed.definition
}

function findPreset(name: string): Preset {
  const preset = presets[name]
  if (preset) return preset
  throw new Error(`createFakeRelay: there is no preset "${name}", but ${Object.keys(presets).join(', ')}`)
}
