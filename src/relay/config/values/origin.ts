/** An http or https address without a path, a query or a user name. `*.` in front of a domain means its subdomains. */
const originPattern = /^\s*(https?:\/\/)(\*\.(?=[^.]+\.))?([^/?#@*\s]+)\/?\s*$/i

/**
 * Writes an origin as browsers send it: `https://ПРИМЕР.рф:443/` becomes `https://xn--e1afmkfd.xn--p1ai`. Subdomains of a
 * domain are `https://*.example.ru`. Frames with `sandbox` and without `allow-same-origin` have the origin `null`.
 * `undefined` if it is no origin.
 */
export function normalizeOrigin(text: string): string | undefined {
  if (text === 'null') return text
  const [, scheme = '', wildcard = '', host = ''] = originPattern.exec(text) ?? []
  const address = `${scheme}${host}`
  if (!URL.canParse(address)) return undefined
  const { origin, protocol, host: normalized } = new URL(address)
  return wildcard ? `${protocol}//*.${normalized}` : origin
}

/** Whether an origin, as a browser sends it, is one of some normalized ones or at any depth below a domain among them. */
export function includesOrigin(origins: ReadonlySet<string>, origin: string): boolean {
  if (origin.includes('*')) return false
  if (origins.has(origin)) return true
  const [, scheme = '', host = ''] = /^(https?:\/\/)(.+)$/.exec(origin) ?? []
  const labels = host.split('.')
  return labels.some((_, depth) => depth > 0 && origins.has(`${scheme}*.${labels.slice(depth).join('.')}`))
}
