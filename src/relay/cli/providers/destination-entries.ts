import { array, type GenericSchema, object, record, safeParse, string, unknown } from 'valibot'
import { parseTextOptions } from '../../../providers/core/options/option-texts.ts'
import type { ProviderName } from '../../../providers/registry.ts'
import { prefixPath } from '../../config/problems.ts'
import { type ResolvedSecrets, resolveSecrets, type SecretSources } from '../../config/secrets.ts'

/** Lines to print, or problems; neither holds a credential. */
export type PrintableResult = { readonly lines: readonly string[] } | { readonly problems: readonly string[] }

/** A destination in a configuration, as it is written. */
export type DestinationOptions = Readonly<Record<string, unknown>>

const formsSchema = object({
  forms: record(string(), object({ destinations: array(record(string(), unknown())) })),
})

/** Loads something for every destination of a provider in a configuration, and puts its path before the lines. */
export async function loadForEntries(
  provider: ProviderName,
  configuration: unknown,
  load: (entry: DestinationOptions) => Promise<PrintableResult>,
): Promise<PrintableResult> {
  const { output, success } = safeParse(formsSchema, configuration)
  const entries = success
    ? Object.entries(output.forms).flatMap(([form, { destinations }]) =>
        destinations.map((entry, index) => ({ entry, path: `forms.${form}.destinations.${index}` })),
      )
    : []
  const own = entries.filter(({ entry }) => entry['provider'] === provider)
  if (own.length === 0) {
    return { problems: [`forms: expected a form with a destination of the provider "${provider}"`] }
  }
  const lines: string[] = []
  const problems: string[] = []
  for (const { entry, path } of own) {
    const result = await load(entry)
    if ('problems' in result) problems.push(...prefixPath(path, result.problems))
    else lines.push(path, ...result.lines.map((line) => `  ${line}`))
  }
  return problems.length > 0 ? { problems } : { lines }
}

/** The options of a destination with its secrets, and with numbers and lists that came from the environment. */
export async function resolveEntry(
  entry: DestinationOptions,
  sources: SecretSources,
  { config, secrets }: { readonly config: GenericSchema; readonly secrets: readonly string[] },
): Promise<ResolvedSecrets> {
  const written = Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'id'))
  const { options, problems } = await resolveSecrets(written, sources, secrets)
  const referred = Object.keys(options).filter((name) => typeof written[name] === 'object')
  return { options: parseTextOptions(options, config, referred), problems }
}
