const maxLength = 500

/** Replaces a credential wherever a text is shown or logged. It is spelled the same in every encoding. */
export const redactedSecret = '***'

/** A provider's message, shortened to 500 characters and without the credentials that it may repeat. */
export function redactMessage(message: string, credentials: readonly (string | undefined)[]): string {
  return credentials
    .flatMap((credential) => (credential ? [credential, encodeURIComponent(credential)] : []))
    .reduce((text, credential) => text.replaceAll(credential, redactedSecret), message)
    .slice(0, maxLength)
    .toWellFormed()
}
