import type { Database } from '../../database/database.ts'
import { loadRelaySecret } from '../../database/relay-secrets.ts'
import { deriveSecret } from '../../runtime/hash.ts'
import type { LeadStore } from '../../leads/lead-store.ts'
import { createChallenges } from './challenges.ts'
import { createLeadProtection, type LeadProtection } from './lead-protection.ts'
import { createLimitKeys } from './limit-keys.ts'
import { type Limits, openLimiters } from './limiters.ts'
import { createSignInGuard, type SignInGuard } from './sign-in-guard.ts'

/** Opens the protection of a relay against abuse. Relays that share a database have the same secret, and count together. */
export async function openProtection(
  database: Database,
  limits: () => Limits,
  leads: Pick<LeadStore, 'find' | 'phoneOf'>,
): Promise<LeadProtection & { readonly signInGuard: SignInGuard; close(): void }> {
  const secret = await loadRelaySecret(database, 'protection')
  const keys = createLimitKeys(deriveSecret(secret, 'limits', 32))
  const limiters = openLimiters(database, limits)
  const challenges = createChallenges({ secret, keys, used: limiters.challenges })
  return {
    ...createLeadProtection({ limiters, keys, challenges, leads }),
    signInGuard: createSignInGuard(limiters.signIns, keys),
    close: limiters.close,
  }
}
