import { redactedSecret } from '../../providers/core/error-messages.ts'

/** Creates a function that hides credentials in a text, in every encoding that a request may use. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const encodings = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString().slice('secret='.length),
    JSON.stringify(secret).slice(1, -1),
  ])
  // The longest first, so that no part of a credential is left over.
  const spellings = [...new Set(encodings)]
    .filter(Boolean)
    .toSorted((one, other) => other.length - one.length)
  return (text) => {
    // Basic credentials are encoded as a whole.
    const basic = text.replace(/\bBasic [\w+/=-]+/g, `Basic ${redactedSecret}`)
    return spellings.reduce((redacted, spelling) => redacted.replaceAll(spelling, redactedSecret), basic)
  }
}
