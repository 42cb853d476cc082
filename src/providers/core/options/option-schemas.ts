import {
  integer,
  literal,
  maxLength,
  maxValue,
  minValue,
  nonEmpty,
  number,
  pipe,
  regex,
  string,
  transform,
  union,
} from 'valibot'

/** A text from a file or the environment often has a byte order mark, or a line break at its end. No credential has. */
export const trimmedText = transform((text: string) => text.trim())

const credentialMessage =
  'a text of one line that is not empty, without invisible characters and without quotation marks around it'

/** A credential. Invisible characters, and quotation marks of another file's syntax, come from copying. */
export const credentialOption = pipe(
  string(),
  trimmedText,
  regex(
    /^(?!(["'`]).*\1$)[ -~\u00A1-\u00AC\u00AE-\u1FFF\u2010-\u2027\u2030-\u205E\u2065-\uFEFE\uFF00-\uFFFF]+$/,
    credentialMessage,
  ),
)

/** A credential in a header, which holds nothing but ASCII: a letter that only looks like it could not be sent. */
export const headerCredentialOption = pipe(
  credentialOption,
  regex(/^[ -~]+$/, `${credentialMessage}, in Latin letters, digits and signs`),
)

/** A whole number from `min` on that JSON can hold exactly. */
function wholeNumber(min: number, message: string) {
  return pipe(
    number(message),
    integer(message),
    minValue(min, message),
    maxValue(Number.MAX_SAFE_INTEGER, message),
  )
}

/** An id in a provider's list. */
export function idOptionOf(message: string) {
  return wholeNumber(1, message)
}

/** An id in a provider's list. */
export const idOption = idOptionOf('a whole number, 1 or more')

/** A number of things. */
export const countOption = wholeNumber(0, 'a whole number, 0 or more')

/** A text, or a template with names in braces. */
export const nonEmptyTextOption = pipe(string(), nonEmpty('a text that is not empty'))

/**
 * The address of a provider's API, or of a sandbox. The adapter adds the paths of the calls, whose first parts are
 * `endpoints`: an address that has one already is refused.
 */
export function baseUrlOption(...endpoints: readonly [string, ...string[]]) {
  // A JSON Schema takes no flag that ignores the case.
  const anyCase = endpoints
    .join('|')
    .replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)
  return pipe(
    string(),
    regex(
      new RegExp(`^(?!.*/(?:${anyCase})(?:/|$))https?://[^\\s/?#]+[^\\s?#]*$`),
      `an address, https://…, without a query and without "/${endpoints[0]}", which is added`,
    ),
  )
}

/** What is sent for a person without a patronymic; `false` sends nothing. */
export function noPatronymicOption(max: number) {
  const expected = `a text of at most ${max} characters, or false`
  return union([pipe(string(), maxLength(max, expected)), literal(false)], expected)
}
