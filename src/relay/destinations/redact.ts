/** What stands in place of a credential. */
const placeholder = '•••'

/** Makes a function that hides credentials in a text, however a request writes them. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const written = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString().slice('secret='.length),
    JSON.stringify(secret).slice(1, -1),
  ])
  // The longest first, so that no part of one is left standing.
  const spellings = [...new Set(written)].filter(Boolean).toSorted((one, other) => other.length - one.length)
  return (text) => {
    // Basic credentials hold the secret inside of an encoding of the whole.
    const basic = text.replace(/\bBasic [\w+/=-]+/g, `Basic ${placeholder}`)
    return spellings.reduce((masked, spelling) => masked.replaceAll(spelling, placeholder), basic)
  }
}
