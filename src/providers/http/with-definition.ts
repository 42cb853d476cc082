import { parse } from 'valibot'
import { type HttpOptions, httpOptions } from './options.ts'
import amocrm from './ready/amocrm.json' with { type: 'json' }
import bitrix24 from './ready/bitrix24.json' with { type: 'json' }
import leadcraft from './ready/leadcraft.json' with { type: 'json' }
import leadgid from './ready/leadgid.json' with { type: 'json' }

/** The definitions that come with the package, by the name that `definition` gives. */
export const readyDefinitions: Readonly<Record<string, object>> = { amocrm, bitrix24, leadcraft, leadgid }

/** Options that are complete, or that name a definition that does not exist. */
export type CompletedOptions = Omit<HttpOptions, 'definition'> & { readonly unknownDefinition?: string }

/**
 * Completes options by the definition that they name: `fields` and `headers` one by one, every other option as a whole.
 * The options go before the definition.
 */
export function withDefinition({ definition, ...own }: HttpOptions): CompletedOptions {
  if (definition === undefined) return own
  const found = Object.hasOwn(readyDefinitions, definition) ? readyDefinitions[definition] : undefined
  if (!found) return { ...own, unknownDefinition: definition }
  const { definition: _, ...ready } = parse(httpOptions, found)
  return {
    ...ready,
    ...own,
    headers: { ...ready.headers, ...own.headers },
    fields: { ...ready.fields, ...own.fields },
  }
}
