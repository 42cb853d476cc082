/** The header that the console sends with every request: a page of another origin cannot send it without being asked. */
export const consoleHeader = 'x-anketa-console'

/** The header that names the session in which the console believes to be. */
export const sessionHeader = 'x-anketa-session'

/** What the address of the relay follows from. */
export interface OwnAddress {
  readonly requestUrl: string
  readonly publicUrl?: string | undefined
}

/**
 * Whether a request that changes something comes from the relay's own pages. Its origin is the public address, or the
 * address that the browser itself has asked: through a tunnel that is another one. A proxy may have taken https away.
 */
export function isOwnRequest(headers: Headers, { requestUrl, publicUrl }: OwnAddress): boolean {
  const origin = headers.get('origin')
  if (headers.get(consoleHeader) !== '1' || origin === null || !URL.canParse(origin)) return false
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true
  const own = new URL(requestUrl)
  const { protocol, host } = new URL(origin)
  return host === own.host && (protocol === own.protocol || protocol === 'https:')
}

/** Whether the browser has asked by https, as far as the relay can know. */
export function isSecureRequest(
  headers: Headers,
  { requestUrl, publicUrl }: OwnAddress,
  trustProxy: number,
): boolean {
  const { protocol, host } = new URL(requestUrl)
  if (protocol === 'https:') return true
  const [forwarded] = (trustProxy > 0 ? headers.get('x-forwarded-proto') : null)?.split(',') ?? []
  if (forwarded !== undefined) return forwarded.trim().toLowerCase() === 'https'
  const own = publicUrl === undefined ? undefined : new URL(publicUrl)
  // A tunnel to the relay's machine has another host, and no https.
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)
  return own?.protocol === 'https:' && !(isLocal && own.host !== host)
}
