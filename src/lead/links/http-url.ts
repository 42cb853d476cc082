/** Whether a text is an absolute http or https address without a user name or a password. */
export function isHttpUrl(address: string): boolean {
  // Not `URL.canParse`: browsers before 2023 lack it, and this also checks definitions that are in the page.
  try {
    const { protocol, username, password } = new URL(address)
    return /^https?:$/.test(protocol) && username === '' && password === ''
  } catch {
    return false
  }
}
