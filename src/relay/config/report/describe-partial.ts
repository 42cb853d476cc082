import type { FormDefinition } from '../../../form/definition.ts'

/** Says from which step on a form stores leads that are not finished, where its entry wants that. */
export function describePartial(definition: FormDefinition): readonly string[] {
  const { steps, consentsAt } = definition
  if (!definition.partial) return []
  const last = steps.length - 1
  const phone = steps.findIndex(({ fields }) => fields.some(({ name }) => name === 'phone'))
  if (phone < 0) return ['partial: nothing is stored early, because the form does not ask for the phone']
  const consents = consentsAt === undefined ? last : steps.findIndex(({ id }) => id === consentsAt)
  const from = Math.max(phone, consents)
  const id = steps[from]?.id ?? ''
  return from < last || last === 0
    ? [`partial: stored from the step "${id}" on`]
    : [
        `partial: stored on the last step only, "${id}": the ${consents === last ? 'consents' : 'phone'} ${consents === last ? 'are' : 'is'} asked for there; name an earlier step with the phone in "consentsAt", or start from the preset "phone-first"`,
      ]
}
