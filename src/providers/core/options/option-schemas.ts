import { integer, minLength, minValue, number, pipe, regex, string, transform } from 'valibot'

/** A text from a file or the environment often ends with a line break, which no credential has. */
export const withoutLineEnd = transform((text: string) => text.trimEnd())

/** A credential, on one line. */
export const credentialOption = pipe(
  string(),
  regex(/^\S(?:[^\r\n\t]*\S)?\s*$/, 'a text on one line that is not empty'),
  withoutLineEnd,
)

const idMessage = 'a whole number, 1 or more'

/** An id in a provider's list. */
export const idOption = pipe(number(), integer(idMessage), minValue(1, idMessage))

const countMessage = 'a whole number, 0 or more'

/** A number of things. */
export const countOption = pipe(number(), integer(countMessage), minValue(0, countMessage))

/** A text, or a template with names in braces. */
export const nonEmptyTextOption = pipe(string(), minLength(1, 'a text that is not empty'))

/**
 * The address of a provider's API, or of a sandbox. The adapter adds the paths of the calls, whose first parts are
 * `endpoints`: an address that has one already is refused.
 */
export function baseUrlOption(...endpoints: readonly [string, ...string[]]) {
  return pipe(
    string(),
    regex(
      new RegExp(`^(?!.*/(?:${endpoints.join('|')})(?:/|$))https?://[^\\s/?#]+[^\\s?#]*$`),
      `an address, https://…, without a query and without "/${endpoints[0]}", which is added`,
    ),
  )
}
