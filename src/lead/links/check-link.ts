import { isAttributionParameter } from '../attribution.ts'
import type { LinkMacro } from './fill-link.ts'
import { isHttpUrl } from './http-url.ts'

const linkMacros: readonly string[] = ['leadId', 'number', 'outcome', 'status'] satisfies readonly LinkMacro[]

/** What is wrong with the address of a link; `undefined` if nothing is. A macro may not choose the host. */
export function findLinkProblem(address: string): string | undefined {
  if (!isHttpUrl(address)) return 'an absolute address without a user name or a password, https://…'
  if (!/^https?:\/\/[^/?#\\{}]+(?:[/?#]|$)/i.test(address))
    return 'an address whose host is written out: macros only after it'
  const macros = [...address.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
  return macros.every(isLinkMacro)
    ? undefined
    : `an address with no macros but ${linkMacros.map((name) => `{${name}}`).join(', ')} and attribution parameters such as {utm_source}: values of the form never get into links`
}

function isLinkMacro(name: string): boolean {
  return linkMacros.includes(name) || isAttributionParameter(name)
}
