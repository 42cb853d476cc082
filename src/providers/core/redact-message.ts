const maxLength = 500

/** Replaces a credential wherever a request is shown: spelled the same in every encoding. */
export const redactedSecret = '***'

/** A provider's own sentence as others may read it: of bounded length, and without the credentials that it may repeat. */
export function redactMessage(sentence: string, credentials: readonly (string | undefined)[]): string {
  return credentials
    .flatMap((credential) => (credential ? [credential, encodeURIComponent(credential)] : []))
    .reduce((text, credential) => text.replaceAll(credential, redactedSecret), sentence)
    .slice(0, maxLength)
    .toWellFormed()
}
