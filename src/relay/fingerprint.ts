import { hex } from '../lead/lead-identity.ts'

/** A short name for content, the same for the same bytes: for ETags. */
export async function fingerprint(content: string | Uint8Array): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content)
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 12))
}
