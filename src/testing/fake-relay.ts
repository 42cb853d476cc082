import { type FormDefinition, parseDefinition, type Preset } from '../form/definition.ts'
import type { FormInput } from '../form/define-form.ts'
import { presets } from '../form/presets/presets.ts'
import type { Lead } from '../lead/lead.ts'
import { createFakeResponse, type FakeAnswer, toJsonResponse } from './fake-answer.ts'
import { createFakePlaces, type FakePlaces } from './fake-places.ts'
import { fulfillRoute, type RouteLike } from './fulfill-route.ts'

/** The options of a fake relay. */
export interface FakeRelayOptions {
  /** The name of a preset, or a definition. Documents that it does not name are invented. */
  readonly definition: string | FormInput
  /** The answers to leads and codes, in order; the last one is repeated. Default: `accepted`. */
  readonly answers?: FakeAnswer | readonly FakeAnswer[]
  /** The cities that it serves, by region. */
  readonly places?: FakePlaces
}

/** A relay for tests, without a server or a network. It serves the form at every URL `…/forms/<any name>`. */
export interface FakeRelay {
  /** The definition that it serves. */
  readonly definition: FormDefinition
  /** Every lead that arrived, in order. A lead that was sent again is listed again. */
  readonly leads: readonly Lead[]
  /** Every code that arrived. */
  readonly codes: readonly string[]
  /** Replaces the answers that are left. */
  answer(...answers: readonly [FakeAnswer, ...FakeAnswer[]]): void
  /** Answers a request, for Mock Service Worker, a server of the test, or anything else with the Fetch API. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** Replaces the page's `fetch`, and passes on other requests. Returns a function that restores it. */
  install(page?: { fetch: typeof globalThis.fetch }): () => void
  /** Answers a route of Playwright: `page.route('**\/forms/**', relay.route)`. */
  route(route: RouteLike): Promise<void>
}

/** The documents of a definition that does not name its own. */
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

/** Creates a fake relay. Throws an Error that lists everything that is wrong with an invalid definition. */
export function createFakeRelay({
  definition: input,
  answers = 'accepted',
  places = {},
}: FakeRelayOptions): FakeRelay {
  const definition = resolveFakeDefinition(input)
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
    const match = formPathPattern.exec(url.pathname)
    const path = match ? (match[1] ?? '') : '?'
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
    const message = `the fake relay does not serve ${request.method} ${url.pathname}`
    return toJsonResponse(404, { error: { code: 'not-found', message } })
  }

  const relay: FakeRelay = {
    definition,
    leads,
    codes,
    answer(...replacement) {
      queue = replacement
    },
    fetch: async (input, init) => answerRequest(new Request(input, init)),
    install(page = globalThis) {
      const original = page.fetch
      page.fetch = async (input, init) => {
        // Relative URLs are resolved against the page.
        const request = new Request(input, init)
        return formPathPattern.test(new URL(request.url).pathname)
          ? answerRequest(request)
          : Reflect.apply(original, globalThis, [input, init])
      }
      return () => {
        page.fetch = original
      }
    },
    route: (route) => fulfillRoute(route, relay.fetch),
  }
  return relay
}

/** The path of a form under any prefix, with the rest of the path in the first group. */
const formPathPattern = /\/forms\/[^/]+?(\/(?:leads|regions|cities).*)?\/*$/

function resolveFakeDefinition(input: string | FormInput): FormDefinition {
  const parsed = parseDefinition({
    ...defaultDocuments,
    ...(typeof input === 'string' ? findPreset(input) : input),
  })
  if ('problems' in parsed) throw new Error(`createFakeRelay: ${parsed.problems.join('; ')}`)
  return parsed.definition
}

function findPreset(name: string): Preset {
  const preset = presets[name]
  if (preset) return preset
  throw new Error(
    `createFakeRelay: there is no preset "${name}"; expected ${Object.keys(presets).join(', ')}`,
  )
}
