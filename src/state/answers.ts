import { computed } from '@preact/signals-core'
import { spreadValue } from '../fields/fields.ts'
import type { FormDefinition } from '../form/definition.ts'
import { resolveFlow } from '../form/flow.ts'
import { spellOut } from '../form/questionnaire.ts'
import type { LeadValues } from '../lead/values.ts'
import { FieldModel } from './field-model.ts'
import { withKnownCodes } from './known-codes.ts'

/** The fields of a definition, what was entered in them, and what is asked for in view of it. */
export function createAnswers(definition: FormDefinition) {
  const questionnaire = spellOut(definition)
  const asked = new Map(
    questionnaire.steps.flatMap((step) => step.fields).map((field) => [field.name, field]),
  )
  const models = new Map([...asked].map(([name, field]) => [name, new FieldModel(field)]))
  const entered = computed(() => {
    const values: LeadValues = {}
    for (const [name, { value }] of models) {
      if (value.value !== undefined) Object.assign(values, spreadValue(name, value.value))
    }
    return withKnownCodes(values)
  })
  const flow = computed(() => resolveFlow(questionnaire, entered.value))
  return { asked, models, flow }
}
