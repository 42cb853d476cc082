import { array, maxLength, object, optional, picklist, pipe, safeParse, string, transform } from 'valibot'
import { isFieldName } from '../../../fields/fields.ts'
import type { FormDefinition } from '../../../form/definition.ts'
import { sanitizeParameter } from '../../../lead/attribution.ts'
import { issueCodes } from '../../../lead/issue.ts'
import { maxChosenName } from '../../database/schema/console-steps.ts'
import { others, type PageEvent, pageEvents } from '../../leads/statistics/event-counts.ts'

const text = pipe(string(), maxLength(300))

/** A name that a page chose: of a variant or a source. Whatever may be personal data is not counted apart. */
const chosenName = pipe(
  text,
  transform((name) =>
    name === '' ? '' : sanitizeParameter('utm_source', name).slice(0, maxChosenName) || others,
  ),
)

const schema = object({
  event: picklist(pageEvents),
  step: optional(text),
  field: optional(text),
  codes: optional(pipe(array(text), maxLength(10))),
  variant: optional(chosenName),
  source: optional(chosenName),
})

/**
 * Parses an event of a page (`POST /forms/{form}/events`). What the form does not have is left out, since it may be any
 * text: another step, another field, another code. `undefined` if it is no event.
 */
export function parsePageEvent(candidate: unknown, { steps }: FormDefinition): PageEvent | undefined {
  const result = safeParse(schema, candidate)
  if (!result.success) return undefined
  const { step, field, codes, ...event } = result.output
  const isStep = steps.some(({ id }) => id === step)
  const isField =
    // The inputs of a composite field have names of their own.
    field !== undefined &&
    (isFieldName(field) || steps.some(({ fields }) => fields.some(({ name }) => name === field)))
  return {
    ...event,
    step: isStep ? step : undefined,
    field: isField ? field : undefined,
    codes: codes?.filter((code) => issueCodes.some((known) => known === code)),
  }
}
