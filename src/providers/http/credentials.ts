import { secretsOf, secretsOfAddress } from '../core/url.ts'
import type { HttpConfig } from './config.ts'

/** The secrets among the options, and what stands behind a scheme such as `Bearer`. */
export function httpCredentials({ url, headers, body }: HttpConfig): readonly string[] {
  const secrets = [
    ...secretsOf(Object.values(headers)),
    ...secretsOfAddress(url),
    ...body.flatMap(({ rule }) => (typeof rule === 'object' && 'secret' in rule ? [rule.secret] : [])),
  ]
  return secrets.flatMap((secret) => [
    secret,
    ...(/^(?:Bearer|Token|Basic) (\S{4,})$/i.exec(secret)?.slice(1) ?? []),
  ])
}
