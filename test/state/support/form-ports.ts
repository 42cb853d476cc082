import type { FormDefinition } from '../../../src/form/definition.ts'
import type { Lead } from '../../../src/lead/lead.ts'
import { FormModel } from '../../../src/state/form-model.ts'
import { type ActionsSource, createFormActions } from '../../../src/state/form-actions.ts'
import type { ActionPorts, FormEvent } from '../../../src/state/form-ports.ts'

/** The clock of every test. */
export const now = new Date('2026-11-22T09:00:00Z')

/** The ports of a form, and what the form has called them with. */
export interface RecordedPorts {
  readonly ports: ActionPorts & ActionsSource
  readonly sent: readonly Lead[]
  readonly events: readonly FormEvent[]
  readonly exceptions: readonly unknown[]
  /** How often the form has found its definition outdated. */
  outdatedCount(): number
}

/** Creates ports that accept every lead and every code. Identities are `lead-1`, `lead-2` and so on. */
export function createPorts(overrides: Partial<ActionPorts & ActionsSource> = {}): RecordedPorts {
  const sent: Lead[] = []
  const events: FormEvent[] = []
  const exceptions: unknown[] = []
  let identities = 0
  let outdated = 0
  const { send, ...others } = overrides
  const ports: ActionPorts & ActionsSource = {
    createActions: (context) => createFormActions(context, ports),
    loadActions: async () => undefined,
    version: '0.0.0',
    now: () => now,
    identify() {
      identities += 1
      return { id: `lead-${identities}`, key: `key-${identities}` }
    },
    async send(lead, signal) {
      sent.push(lead)
      return send ? send(lead, signal) : { outcome: 'accepted' }
    },
    confirm: async () => ({ outcome: 'accepted' }),
    origin: () => ({ url: 'https://example.ru/', attribution: { channel: 'vk' } }),
    limitedText: (seconds) => `again in ${seconds} s`,
    digest: async (text) => `sha256 of ${text}`,
    consentText: ({ id }) => `sentence of ${id}`,
    beforeSubmit: () => true,
    onException: (exception) => exceptions.push(exception),
    onEvent: (event) => events.push(event),
    onOutdated() {
      outdated += 1
    },
    onUnknownFields: () => undefined,
    ...others,
  }
  return { ports, sent, events, exceptions, outdatedCount: () => outdated }
}

/** Creates the model of a form with recorded ports. */
export function createFormModel(
  definition: FormDefinition,
  overrides: Partial<ActionPorts & ActionsSource> = {},
) {
  const recorded = createPorts(overrides)
  return { ...recorded, model: new FormModel(definition, recorded.ports) }
}
