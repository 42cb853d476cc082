import { boolean, check, type InferOutput, literal, object, optional, pipe, string } from 'valibot'
import { createAddressSchema } from '../core/url.ts'
import type { FieldRules } from '../core/field-rules.ts'

/** The scheme's prefix of a secret. */
const prefix = 'whsec_'

/** The lengths in bytes that the scheme allows for a key. */
const minKeyBytes = 24
const maxKeyBytes = 64

const expectedSecret = `a secret of the Standard Webhooks scheme: "${prefix}" and ${minKeyBytes} to ${maxKeyBytes} bytes in base64`

/** The keys of a secret, in base64: one, or several behind one another while the receiver changes its own. */
export function secretKeys(secret: string): readonly string[] {
  return secret
    .trim()
    .split(/\s+/)
    .map((each) => (each.startsWith(prefix) ? each.slice(prefix.length) : ''))
}

/** Whether a text is one secret of the scheme, or several separated by spaces. */
export function isStandardSecret(secret: string): boolean {
  return secretKeys(secret).every(isKey)
}

function isKey(key: string): boolean {
  if (!/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(key)) return false
  const bytes = (key.replace(/=+$/, '').length * 3) >> 2
  return bytes >= minKeyBytes && bytes <= maxKeyBytes
}

/** Schema of the options of a webhook, with credentials resolved. */
export const webhookConfig = object({
  provider: optional(literal('webhook')),
  /** Names the destination. */
  name: optional(string()),
  /** Where leads are posted. */
  url: createAddressSchema(),
  /** Secret. Several of them, separated by spaces, give several signatures. */
  secret: pipe(string(), check(isStandardSecret, expectedSecret)),
  /** Permits addresses of private networks, and plain http. */
  allowPrivate: optional(boolean(), false),
})

/** Options of a webhook. */
export type WebhookConfig = InferOutput<typeof webhookConfig> & {
  /** A webhook carries the whole lead: there is nothing to choose. */
  readonly fields?: FieldRules | undefined
}
