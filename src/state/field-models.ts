import { computed } from '@preact/signals-core'
import { type FieldName, fieldOf, pickValue, spreadValue } from '../fields/fields.ts'
import type { FormDefinition } from '../form/definition.ts'
import { resolveFlow } from '../form/flow.ts'
import { expandDefinition } from '../form/expand-definition.ts'
import type { LeadValues } from '../lead/values.ts'
import { FieldModel } from './field-model.ts'
import { findFederalCity } from '../fields/place/federal-city.ts'
import { dependentCodes, placeFields } from '../fields/place/place-fields.ts'

/** The fields of a definition, what was entered in them, and what is asked for in view of it. */
export function createFieldModels(definition: FormDefinition) {
  const questionnaire = expandDefinition(definition)
  const fields = new Map(
    questionnaire.steps.flatMap((step) => step.fields).map((field) => [field.name, field]),
  )
  const models = new Map([...fields].map(([name, field]) => [name, new FieldModel(field)]))
  const entered = computed(() => {
    const values: LeadValues = {}
    for (const [name, { value }] of models) {
      if (value.value !== undefined) Object.assign(values, spreadValue(name, value.value))
    }
    return addKnownCodes(values)
  })
  const flow = computed(() => resolveFlow(questionnaire, entered.value))
  return { fields, models, flow }
}

/** Adds what a typed place says by itself: the codes and the region of a federal city, for which no list is needed. */
export function addKnownCodes(values: LeadValues): LeadValues {
  let known = values
  for (const { region, city, cityKladr, regionKladr } of placeFields) {
    const found = findFederalCity(String(values[city]))
    const inRegion = values[region] ?? found?.name
    // Villages of these names stand in other regions.
    if (!found || values[cityKladr] || findFederalCity(String(inRegion)) !== found) continue
    known = { ...known, [region]: inRegion, [cityKladr]: found.kladr }
    if (regionKladr) known = { ...known, [regionKladr]: found.kladr }
  }
  return known
}

/**
 * Puts values into the fields that they belong to; returns the names of those that no field took. A place that comes
 * without codes loses the ones it had.
 */
export function setValues(models: ReadonlyMap<FieldName, FieldModel>, values: LeadValues): readonly string[] {
  const left = new Set(Object.keys(values))
  const given = [...models].flatMap(([name, model]) => {
    const value = pickValue(name, values)
    return value === undefined ? [] : [{ name, model, value }]
  })
  for (const { name } of given) for (const code of dependentCodes(name)) models.get(code)?.setText('')
  for (const { name, model, value } of given) {
    if (!model.setValue(value)) continue
    for (const taken of [name, ...(fieldOf(name).parts ?? [])]) left.delete(taken)
  }
  return [...left]
}
