import { isRecord } from '../../../../providers/core/json.ts'
import type { UncheckedObject } from './form-answers.ts'

const hidden = '…'

/** Parts of names of options that hold secrets. */
const secretName = /token|secret|passw|key|auth|signature|credential|cookie/i

/**
 * A form's entry as it is shown to those who configure: references to secrets stay, for they are names. A text that may be
 * a secret itself is hidden, as is the path of an address, which can be one (webhooks of many services).
 */
export function hideEntrySecrets(entry: UncheckedObject): UncheckedObject {
  const { destinations } = entry
  return Array.isArray(destinations)
    ? { ...entry, destinations: destinations.map((destination) => hideSecrets(destination, '')) }
    : entry
}

function hideSecrets(value: unknown, name: string, isWithinSecret = false): unknown {
  // Whatever a secret consists of is secret: `"api_key": { "value": "…" }`.
  const isSecret = isWithinSecret || secretName.test(name)
  if (Array.isArray(value)) return value.map((item) => hideSecrets(item, name, isSecret))
  if (isRecord(value)) {
    if (isReference(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        hideSecrets(inner, key, isSecret || name === 'headers'),
      ]),
    )
  }
  if (typeof value !== 'string') return isSecret && typeof value === 'number' ? hidden : value
  if (isSecret) return hidden
  return /^https?:/i.test(value) ? hidePath(value) : value
}

/** `{ "env": "NAME" }` or `{ "file": "PATH" }`, maybe with a prefix. */
function isReference(value: UncheckedObject): boolean {
  return (
    (typeof value['env'] === 'string' || typeof value['file'] === 'string') &&
    Object.keys(value).every((key) => key === 'env' || key === 'file' || key === 'prefix')
  )
}

function hidePath(address: string): string {
  if (!URL.canParse(address)) return hidden
  const { origin, pathname, search } = new URL(address)
  return pathname === '/' && search === '' ? origin : `${origin}/${hidden}`
}
