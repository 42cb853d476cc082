import type { FormDefinition } from '../../form/definition.ts'
import type { RelayConfig } from '../config/config.ts'
import type { Command } from './command.ts'
import { createConfigReport } from '../config/report/config-report.ts'
import { nameKey } from '../database/encryption/key-ring.ts'
import { noKeysText } from '../http/monitoring/encryption-check.ts'
import { asksForDepartment } from '../http/place-routes.ts'
import { asksForStreet } from '../http/street-routes.ts'
import { usableForms } from '../config/form-lookups.ts'
import { describeSavedForms } from './forms/describe-saved-forms.ts'
import { describeDepartments } from './places/describe-departments.ts'
import { describePlaces } from './places/describe-places.ts'
import { describeStreets } from './places/describe-streets.ts'
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
    const departments = asksFor(loadedConfig.config, asksForDepartment)
      ? [await describeDepartments(loadedConfig, fetch)]
      : []
    const streets = asksFor(loadedConfig.config, asksForStreet)
      ? [await describeStreets(loadedConfig, fetch)]
      : []
    const keys = describeKeys(loadedConfig.config)
    const saved = await describeSavedForms(loadedConfig, fetch)
    process.stdout.write(
      `${[...lines, ...saved.lines, ...places, ...departments, ...streets, keys].join('\n')}\n`,
    )
    return valid && saved.valid ? 0 : 1
  },
}

function describeKeys({ encryption: { dataKeys } }: RelayConfig): string {
  const [first] = dataKeys
  if (!first) return noKeysText
  return `Leads are encrypted with the key ${nameKey(first)}, the first of ${dataKeys.length} in "dataKeys".`
}

function asksFor({ forms }: RelayConfig, asks: (definition: FormDefinition) => boolean): boolean {
  return [...usableForms({ forms }).values()].some(({ definition }) => asks(definition))
}

/** Whether a destination gets no leads without a city, for which a lender wants a code. */
function needsPlaces({ forms }: RelayConfig): boolean {
  return [...usableForms({ forms }).values()].some(({ destinations }) =>
    destinations.some(({ places, requires }) => places !== undefined || requires.includes('city')),
  )
}
