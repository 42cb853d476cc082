import { createDirectDelivery } from '../../delivery/direct.ts'
import { createDirectPreview } from '../../delivery/direct-preview.ts'
import type { Fetch } from '../../delivery/send-http.ts'
import type { DeliveryPreview } from '../../delivery/preview.ts'
import type { FormDefinition } from '../../form/definition.ts'
import type { Delivery } from '../../lead/delivery.ts'
import { receiverOf } from '../../lead/receiver.ts'
import { openProvider, type PageProvider } from './open-provider.ts'
import { type PageForm, resolveDefinition } from './page-definition.ts'
import { SetupError } from './setup-error.ts'

/** What a form without a relay needs from outside. */
export interface DirectSourceDeps {
  readonly fetch: Fetch
  now(): Date
  /** Relative URLs are resolved against it. */
  readonly baseUrl: string
  /** Called with what the page's author should know. Never holds a credential. */
  onProblem(problem: string): void
}

/** A form without a relay: its definition, and how its leads are sent. */
export interface DirectSource {
  readonly definition: FormDefinition
  readonly delivery: Delivery
  readonly preview: DeliveryPreview
}

/** Sets up a form from the options of its page alone, or returns everything that is wrong with them. */
export async function openDirectSource(
  page: PageForm & PageProvider,
  deps: DirectSourceDeps,
): Promise<DirectSource | { readonly problems: readonly string[] }> {
  const { fetch, now, onProblem } = deps
  const resolved = await resolveDefinition(page, deps)
  const definition = 'definition' in resolved ? resolved.definition : undefined
  // A page with its own adapter does not need the others.
  const known = typeof page.provider === 'string' ? (await import('./providers.chunk.ts')).pageProviders : {}
  const opened = openProvider(page, known, definition)
  if (!definition || 'problems' in opened)
    return { problems: [...problemsIn(resolved), ...problemsIn(opened)] }
  const { provider, config, warnings } = opened
  for (const warning of warnings) onProblem(warning)
  return {
    definition: { receiver: receiverOf([provider.name]), ...definition },
    delivery: createDirectDelivery(provider, config, {
      // With keepalive a lead is sent even if the person closes the page now.
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

/**
 * Opens the source of a form without a relay; rejects with a {@link SetupError} that lists everything that is wrong
 * with its options.
 */
export async function loadDirectSource(
  page: PageForm & PageProvider,
  deps: DirectSourceDeps,
): Promise<DirectSource> {
  const opened = await openDirectSource(page, deps)
  if ('problems' in opened) throw new SetupError(opened.problems)
  return opened
}
