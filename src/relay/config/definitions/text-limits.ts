import { fieldOf, isFieldName } from '../../../fields/fields.ts'
import type { FormDefinition } from '../../../form/definition.ts'
import type { Destination } from '../../destinations/destination.ts'

/**
 * Lowers the longest texts of a form's fields to what all its destinations take, so that a person learns of the limit
 * while they write.
 */
export function withTextLimits(
  definition: FormDefinition,
  destinations: readonly Pick<Destination, 'textLimits'>[],
): FormDefinition {
  const limitOf = (name: string): number =>
    Math.min(...destinations.map(({ textLimits }) => textLimits.get(name) ?? Infinity))
  return {
    ...definition,
    steps: definition.steps.map((step) => ({
      ...step,
      fields: step.fields.map((field) => {
        const { name, maximum, options } = field
        const ownLimit = isFieldName(name) && !options ? fieldOf(name).kind.maxLength : undefined
        const limit = limitOf(name)
        return ownLimit !== undefined && limit < Math.min(ownLimit, maximum ?? Infinity)
          ? { ...field, maximum: limit }
          : field
      }),
    })),
  }
}
