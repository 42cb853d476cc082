import { requestedNames } from '../../../form/cross-checks.ts'
import type { FormDefinition } from '../../../form/definition.ts'
import type { Destination } from '../../destinations/destination.ts'

/** Says what becomes of places that a form asks for and whose names are longer than a destination takes. */
export function describePlaceLimits(
  definition: FormDefinition,
  destinations: readonly Pick<Destination, 'placeLimits'>[],
): readonly string[] {
  const asked = requestedNames(definition)
  return destinations.flatMap(({ placeLimits }, index) => {
    const shown = placeLimits.filter(({ fields }) => fields.some((name) => asked?.has(name)))
    return [...Map.groupBy(shown, ({ max }) => max)].map(
      ([max, parameters]) =>
        `destinations.${index}: a region or a city of more than ${max} characters is left out, and cut short where the provider or a campaign requires it: ${parameters.map(({ path }) => path).join(', ')}`,
    )
  })
}
