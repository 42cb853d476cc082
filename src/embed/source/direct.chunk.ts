import { createDirectDelivery } from '../../delivery/direct.ts'
import { createDirectPreview } from '../../delivery/direct-preview.ts'
import type { Fetch } from '../../delivery/send-http.ts'
import type { DeliveryPreview } from '../../delivery/preview.ts'
import type { FormDefinition } from '../../form/definition.ts'
import type { Delivery } from '../../lead/delivery.ts'
import { openProvider, type PageProvider } from './open-provider.ts'
import { type PageForm, resolveDefinition } from './definition.chunk.ts'
import { SetupError } from './setup-error.ts'

/** What a form without a relay needs from outside. */
export interface DirectSourceDeps {
  readonly fetch: Fetch
  now(): Date
  /** Addresses are relative to it. */
  readonly baseUrl: string
  /** Told what the page's author should know; holds no credential. */
  onProblem(problem: string): void
}

/** A form that needs no relay: what it asks, and how its leads leave the page. */
export interface DirectSource {
  readonly definition: FormDefinition
  readonly delivery: Delivery
  readonly preview: DeliveryPreview
}

/** Sets a form up from what its page says alone, or returns all that is wrong with that. */
export async function openDirectSource(
  own: PageForm & PageProvider,
  ports: DirectSourceDeps,
): Promise<DirectSource | { readonly problems: readonly string[] }> {
  const { fetch, now, onProblem } = ports
  const form = await resolveDefinition(own, ports)
  const definition = 'definition' in form ? form.definition : undefined
  // Whoever brings an adapter does not need the others.
  const known = typeof own.provider === 'string' ? (await import('./providers.chunk.ts')).providers : {}
  const opened = openProvider(own, known, definition)
  if (!definition || 'problems' in opened) return { problems: [...problemsIn(form), ...problemsIn(opened)] }
  const { provider, config, warnings } = opened
  for (const warning of warnings) onProblem(warning)
  return {
    definition,
    delivery: createDirectDelivery(provider, config, {
      // A lead goes out even if the person closes the page now, and takes no cookie along.
      fetch: (url, init) => fetch(url, { ...init, keepalive: true, credentials: 'omit' }),
      now,
      timeoutMs: 20_000,
      onProblem: (reason) => onProblem(`${provider.name}: ${reason}`),
    }),
    preview: createDirectPreview(provider, config, now),
  }
}

function problemsIn(result: object): readonly string[] {
  return 'problems' in result && Array.isArray(result.problems) ? result.problems : []
}

/** The part of the script that is loaded for a form without a relay; rejects with all that is wrong with its options. */
export async function loadDirectSource(
  own: PageForm & PageProvider,
  ports: DirectSourceDeps,
): Promise<DirectSource> {
  const opened = await openDirectSource(own, ports)
  if ('problems' in opened) throw new SetupError(opened.problems)
  return opened
}
