import type { ListSource } from '../places/list-source.ts'
import type { RelayConfig } from './config.ts'
import type { FormConfig } from './form-config.ts'

type Forms = Pick<RelayConfig, 'forms'>

/** The forms that are not refused, by their ids. */
export function usableForms({ forms }: Forms): ReadonlyMap<string, FormConfig> {
  return new Map([...forms].flatMap(([id, found]) => ('form' in found ? [[id, found.form]] : [])))
}

/** The lists of places of a form's destinations. */
export function listSourcesOf({ forms }: Forms, form: string): readonly ListSource[] {
  const result = forms.get(form)
  return result && 'form' in result ? result.form.destinations.flatMap(({ places }) => places ?? []) : []
}

/** Groups the lists by their source, each with all destinations that may read it. */
export function groupListSources(config: Forms): ReadonlyMap<string, readonly ListSource[]> {
  return Map.groupBy(
    [...config.forms.keys()].flatMap((form) => listSourcesOf(config, form)),
    ({ source }) => source,
  )
}

/** The keys of each form's destinations; none for a form that is refused. */
export function destinationKeys({ forms }: Forms): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...forms].map(([id, result]) => [
      id,
      new Set('form' in result ? result.form.destinations.map(({ key }) => key) : []),
    ]),
  )
}

/** The definitions of the forms, which may be files outside of the configuration. */
export function definitionsOf(forms: ReadonlyMap<string, FormConfig>): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...forms].map(([id, { definition }]) => [id, definition]))
}
