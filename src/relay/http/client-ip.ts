/**
 * The client's IP address. Without trusted proxies it is the connection's address. With `trustedProxies` proxies it is
 * the address that the outermost of them saw. The entries of `X-Forwarded-For` before that one are set by the client and
 * cannot be trusted.
 */
export function resolveClientIp(
  connection: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string | undefined {
  const chain = [...(forwardedFor ?? '').split(',').map((part) => part.trim()), connection ?? ''].filter(
    Boolean,
  )
  return chain.at(-1 - Math.min(trustedProxies, chain.length - 1))?.slice(0, 64)
}
