import type { RelayConfig } from '../config/config.ts'
import type { Command } from './command.ts'
import { describeRouting, describeRules } from '../config/describe-rules.ts'
import { nameKey } from '../database/encryption/key-ring.ts'
import { noKeysText } from '../http/monitoring/encryption-check.ts'
import { usableForms } from '../config/form-lookups.ts'
import { describePlaces } from './places/describe-places.ts'
import { loadConfig } from './read-config-file.ts'

/** Reports whether every form of a configuration runs, and what to fix. */
export const checkCommand: Command = {
  words: ['check'],
  usage: '--config FILE',
  summary: 'reports whether every form of a configuration runs, and what to fix; exit code 1 if one does not',
  options: {},

  async run({ config: file }, { fetch }) {
    const loadedConfig = await loadConfig(file)
    const { valid, lines } = createConfigReport(loadedConfig.config)
    const places = needsPlaces(loadedConfig.config) ? [await describePlaces(loadedConfig, fetch)] : []
    const keys = describeKeys(loadedConfig.config)
    process.stdout.write(`${[...lines, ...places, keys].join('\n')}\n`)
    return valid ? 0 : 1
  },
}

function describeKeys({ encryption: { dataKeys } }: RelayConfig): string {
  const [first] = dataKeys
  if (!first) return noKeysText
  return `Leads are encrypted with the key ${nameKey(first)}, the first of ${dataKeys.length} in "dataKeys".`
}

/** Whether a destination gets no leads without a city, for which a lender wants a code. */
function needsPlaces({ forms }: RelayConfig): boolean {
  return [...usableForms({ forms }).values()].some(({ destinations }) =>
    destinations.some(({ places, requires }) => places !== undefined || requires.includes('city')),
  )
}

/** A report on a configuration for the operator. */
export interface ConfigReport {
  /** Whether every form runs. */
  readonly valid: boolean
  readonly lines: readonly string[]
}

/**
 * Reports for every form whether it runs, with the keys that its destinations have in the log and in `/healthz`, or what
 * to fix, and where leads go by its rules; and who is informed of leads. No line repeats any other configured value.
 */
export function createConfigReport({
  forms,
  receivers = [],
}: Pick<RelayConfig, 'forms'> & Partial<Pick<RelayConfig, 'receivers'>>): ConfigReport {
  const reports = [...forms].map(([id, result]) => {
    if ('problems' in result) {
      return { runs: false, lines: [`${id}: refused`, ...result.problems.map((problem) => `  ${problem}`)] }
    }
    const { destinations, mode, rules } = result.form
    const rows = destinations.map(({ key, provider }, index) => {
      const taken = describeRules(rules?.get(key) ?? {})
      return `  destinations.${index}: ${provider}, ${key}${taken === undefined ? '' : `; takes ${taken}`}`
    })
    const delivery = rows.length > 0 ? mode : 'its leads are stored and go to no destination'
    const routing = describeRouting(result.form).map((line) => `  ${line}`)
    return { runs: true, lines: [`${id}: ok, ${delivery}`, ...rows, ...routing] }
  })
  return {
    valid: reports.every(({ runs }) => runs),
    lines: [
      ...reports.flatMap(({ lines }) => lines),
      ...receivers.map(({ key, channel, on }) => `messages: ${channel}, ${key}, on ${[...on].join(', ')}`),
    ],
  }
}
