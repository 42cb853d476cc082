import { computed } from '@preact/signals-core'
import { type CompositeValue, type FieldName, fieldOf, type FieldValue, pickValue } from '../fields/fields.ts'
import type { FormDefinition } from '../form/definition.ts'
import { collectValues, fieldNames } from '../form/flow.ts'
import { expandDefinition } from '../form/expand-definition.ts'
import type { LeadValues } from '../lead/values.ts'
import { guessGender } from '../fields/kinds/choice.ts'
import { FieldModel } from './field-model.ts'
import { createNameLine } from './name-line.ts'
import { createVisibleSteps } from './visible-steps.ts'
import { findFederalCity } from '../fields/place/federal-city.ts'
import { dependentCodes, type PlaceFields, placeFields } from '../fields/place/place-fields.ts'

/** Creates the models of all fields of a definition, the steps that are visible, and the values of their fields. */
export function createFieldModels(definition: FormDefinition) {
  const expanded = expandDefinition(definition)
  const fields = new Map(expanded.steps.flatMap((step) => step.fields).map((field) => [field.name, field]))
  const models: ReadonlyMap<FieldName, FieldModel> = new Map(
    [...fields].map(([name, field]) => [
      name,
      new FieldModel(field, name === 'gender' ? () => impliedGender(models) : undefined),
    ]),
  )
  const places = new Map<FieldName, PlaceFields>(
    placeFields.flatMap((place) => Object.values(place).map((name) => [name, place] as const)),
  )
  const nameLine = createNameLine(fields, models)
  const enteredValue = (name: FieldName): FieldValue | undefined =>
    name === 'lastName' && nameLine.isUnsplit.value ? undefined : models.get(name)?.value.value

  /** The value of a field, also of a hidden one. Reads this field, or the fields of its place, and no others. */
  function valueOf(name: FieldName): FieldValue | undefined {
    const entered = enteredValue(name)
    const place = places.get(name)
    if (entered !== undefined || !place) return entered
    return pickValue(name, addKnownCodes(collectValues(Object.values(place), enteredValue)))
  }

  const steps = createVisibleSteps(expanded, valueOf)
  const visible = computed(() => fieldNames(steps.value))
  const values = computed(() => collectValues(visible.value, valueOf))

  /** The same values, each of which is computed when it is read: a rule costs no more than the fields that it reads. */
  const lazyValues: LeadValues = {}
  for (const name of models.keys()) {
    for (const canonical of fieldOf(name).parts ?? [name]) {
      Object.defineProperty(lazyValues, canonical, {
        enumerable: true,
        get() {
          const value = visible.value.has(name) ? valueOf(name) : undefined
          return typeof value === 'object' ? value[canonical] : value
        },
      })
    }
  }
  return { fields, models, steps, values, lazyValues, nameLine }
}

/** The gender that follows from the name as it is now; empty if none does. */
function impliedGender(models: ReadonlyMap<FieldName, FieldModel>): string {
  const textOf = (name: FieldName): string => models.get(name)?.text.value ?? ''
  return textOf('noMiddleName') ? '' : (guessGender(textOf('middleName'), textOf('lastName')) ?? '')
}

/**
 * Adds the region and the codes that follow from the name of a federal city. No list of places is needed for them.
 */
export function addKnownCodes(values: LeadValues): LeadValues {
  let known = values
  for (const { region, city, cityKladr, regionKladr } of placeFields) {
    const found = findFederalCity(String(values[city]))
    const inRegion = values[region] ?? found?.name
    // Villages in other regions have the same names.
    if (!found || values[cityKladr] || findFederalCity(String(inRegion)) !== found) continue
    known = { ...known, [region]: inRegion, [cityKladr]: found.kladr }
    if (regionKladr) known = { ...known, [regionKladr]: found.kladr }
  }
  return known
}

/**
 * Sets the text of a field, and clears the place codes that the old text had: before, because what depends on the text
 * may set them again.
 */
export function setFieldText(
  models: ReadonlyMap<FieldName, FieldModel>,
  name: FieldName,
  text: string,
): void {
  clearDependentCodes(models, name)
  models.get(name)?.setText(text)
}

/**
 * Sets the values of the fields that they belong to, and returns the names of those that no field accepted. A field of
 * several values also takes a text under its own name (`passport`). A place that is set without codes loses the codes
 * that it had.
 */
export function setValues(models: ReadonlyMap<FieldName, FieldModel>, values: LeadValues): readonly string[] {
  const rejected = new Set(Object.keys(values))
  const texts: CompositeValue = values
  const entries = [...models].flatMap(([name, model]) => {
    const value = pickValue(name, values) ?? texts[name]
    return value === undefined ? [] : [{ name, model, value }]
  })
  for (const { name } of entries) clearDependentCodes(models, name)
  for (const { name, model, value } of entries) {
    if (!model.setValue(value)) continue
    for (const accepted of [name, ...(fieldOf(name).parts ?? [])]) rejected.delete(accepted)
  }
  return [...rejected]
}

/** A code belongs to the place that was chosen from a list, not to one that is entered over it. */
function clearDependentCodes(models: ReadonlyMap<FieldName, FieldModel>, name: FieldName): void {
  for (const code of dependentCodes(name)) models.get(code)?.setText('')
}
