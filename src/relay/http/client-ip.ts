/**
 * The address of whoever called: the connection's, or with trusted proxies in front, the one that the outermost of
 * them saw. What stands further left in `X-Forwarded-For` the caller may have made up.
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
