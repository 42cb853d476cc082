import { html } from 'hono/html'
import * as v from 'valibot'
import type { Check, Deviation } from './check-json.ts'
import { createSandbox, type Sandbox } from './create-sandbox.ts'
import { faultModes } from './fault-modes.ts'
import { parseJson } from './json.ts'
import type { RequestLabel } from './render-page.ts'
import { type ApiRequest, isJsonType } from './request.ts'
import type { ReceivedRequest } from './request-log.ts'
import { jsonResponse, type SandboxResponse, toResponse } from './response.ts'
import {
  type CommonSwitches,
  commonSwitches,
  createSwitchStore,
  defaultCommonSwitches,
} from './switch-store.ts'

/** The modes of a sandbox for one call that takes JSON. */
const ownModes = { refuse: 'Отказ в доступе', reject: 'Не принимать заявку' } as const

type OwnMode = keyof typeof ownModes

/** The switches of such a sandbox. */
export type JsonSandboxSwitches = CommonSwitches<OwnMode>

/** A sandbox for one call that takes JSON. */
export type JsonSandbox = Sandbox<JsonSandboxSwitches>

/** The document of a call. */
export type JsonCall = {
  /** The name on the page. */
  readonly name: string
  /** What the page says about the call. */
  readonly accepts: string
  /** The path of the call. */
  readonly path: string
  readonly body: Check
  /** Whether the request has the right credentials, wherever they stand. */
  readonly isAuthorized: (request: ApiRequest, body: unknown) => boolean
  /** The answers of the document. */
  readonly unauthorized: SandboxResponse
  readonly invalid: (deviations: readonly Deviation[]) => SandboxResponse
  /** The answer to a lead that the document's rules allow. */
  readonly accepted: (body: unknown) => SandboxResponse
  readonly isAccepted: (status: number) => boolean
  readonly secrets: readonly string[]
  readonly now: () => Date
  /** Deletes what was accepted. */
  readonly reset?: () => void
}

const switchesSchema = v.strictObject({
  ...commonSwitches,
  mode: v.picklist(['strict', 'refuse', 'reject', ...faultModes]),
})

/** Creates a server that simulates one documented call strictly. */
export function createJsonSandbox(call: JsonCall): JsonSandbox {
  const switchStore = createSwitchStore<JsonSandboxSwitches>(switchesSchema, defaultCommonSwitches)

  function respond(request: ApiRequest, mode: 'strict' | OwnMode): SandboxResponse {
    const body = parseJson(request.rawBody)
    if (mode === 'refuse' || !call.isAuthorized(request, body)) return call.unauthorized
    if (!isJsonType(request.contentType)) {
      return call.invalid([{ path: 'content-type', expected: 'application/json' }])
    }
    if (body === undefined) return call.invalid([{ path: 'body', expected: 'JSON' }])
    if (mode === 'reject') return call.invalid([{ path: 'body', expected: 'another application' }])
    const deviations = [
      ...Array.from(request.query.keys(), (name) => ({ path: name, expected: 'no query' })),
      ...call.body(body, ''),
    ]
    return deviations.length > 0 ? call.invalid(deviations) : call.accepted(body)
  }

  return createSandbox<OwnMode, JsonSandboxSwitches>({
    now: call.now,
    switchStore,
    secrets: () => call.secrets,
    page: {
      name: call.name,
      accepts: html`${call.accepts}`,
      modes: { strict: 'Строго по документу', ...ownModes },
      renderSettings: () => html``,
      label: (request) => labelOf(request, call),
    },
    tooLarge: jsonResponse(413, { message: 'Too large' }),
    reset: () => call.reset?.(),
    routes(app, { respondByMode }) {
      app.post(call.path, (c) => respondByMode(c, respond))
      app.all(call.path, () => toResponse(jsonResponse(405, { message: 'Method not allowed' })))
    },
  })
}

function labelOf({ status }: ReceivedRequest, { isAccepted }: JsonCall): RequestLabel | undefined {
  if (status === null) return undefined
  return isAccepted(status) ? { kind: 'ok', text: 'принято' } : { kind: 'bad', text: 'отказ' }
}
