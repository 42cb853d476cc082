import { matchesFormAndKey } from '../../delivery/receive-lead.ts'
import { hashKey } from '../../runtime/hash.ts'
import type { LeadStore } from '../../leads/lead-store.ts'
import type { Challenges } from './challenges.ts'
import type { LimitKeys } from './limit-keys.ts'
import type { Limiter, Limiters } from './limiters.ts'

/** When a form asks for a solved challenge: never, for leads over a limit, or for every lead. */
export type ChallengeMode = 'off' | 'limit' | 'always'

/** A lead that is posted. */
export interface LeadPost {
  readonly form: string
  readonly id: string
  readonly key: string
  /** The canonical phone, if the lead has one. */
  readonly phone: string | undefined
  /** The client's address; `undefined` if it is not known, and cannot be limited. */
  readonly ip: string | undefined
  readonly challengeMode: ChallengeMode
  /** The solved challenge that came with the lead. */
  readonly challenge: string | undefined
  /** Whether the page can solve a challenge: it has a script, and a secure context. */
  readonly canSolve: boolean
}

/** Why a post is refused. */
export type Refusal =
  | { readonly reason: 'limit'; readonly retryAfterSeconds: number }
  | { readonly reason: 'challenge' }

/** Decides which posts are taken. */
export interface LeadProtection {
  /** Counts a lead, unless it is known, and refuses it if it is one too many. Throws if the database does not answer. */
  admit(post: LeadPost): Promise<Refusal | undefined>
  /** Counts a code of a lead whose key was checked, and refuses it if it is one too many. */
  admitCode(lead: string): Promise<Refusal | undefined>
  /** A new challenge of a form, as JSON. */
  createChallenge(form: string): Promise<object>
  /** The same store. It takes back what was counted for leads that turn out to be stored already. */
  watch(store: LeadStore): LeadStore
}

/** What the protection depends on. */
export interface LeadProtectionDeps {
  readonly limiters: Limiters
  readonly keys: LimitKeys
  readonly challenges: Challenges
  readonly leads: Pick<LeadStore, 'find'>
}

/** Leads that are remembered as counted. Older ones are looked up in the database when that matters. */
const maxRemembered = 20_000

/** Creates the protection of a relay. */
export function createLeadProtection({
  limiters,
  keys,
  challenges,
  leads,
}: LeadProtectionDeps): LeadProtection {
  /** Decisions by form, id and key. A post that repeats another one shares its decision, even while that is being made. */
  const decisions = new Map<string, Promise<Refusal | undefined>>()
  /** What was counted for the leads that are being received, by id. */
  const counted = new Map<string, { readonly keyHash: string; refund(): void }>()

  async function isStored({ id, form, key }: LeadPost): Promise<boolean> {
    const state = await leads.find(id)
    return state !== undefined && matchesFormAndKey(state, form, hashKey(key))
  }

  /** Whether a solved challenge came with the post. */
  async function hasSolved({ form, challenge }: LeadPost): Promise<boolean> {
    return challenge !== undefined && challenges.accept(form, challenge)
  }

  async function decide(post: LeadPost): Promise<Refusal | undefined> {
    const { ip, phone, challengeMode, canSolve } = post
    if (challengeMode === 'always' && canSolve)
      return (await hasSolved(post)) || (await isStored(post)) ? undefined : { reason: 'challenge' }
    const refunds: (() => Promise<void>)[] = []
    // One after the other: what is refused by its address does not use up the limit of a phone.
    const retryAfterSeconds =
      (await consume(limiters.address, ip && keys.address(ip), refunds)) ??
      (await consume(limiters.phone, phone && keys.phone(phone), refunds))
    if (retryAfterSeconds === undefined) {
      const refund = (): void => {
        for (const run of refunds)
          run().catch(() => {
            // Counted once too often, for a minute.
          })
      }
      if (refunds.length > 0) counted.set(post.id, { keyHash: hashKey(post.key), refund })
      return undefined
    }
    if (await isStored(post)) return undefined
    if (challengeMode === 'off' || !canSolve) return { reason: 'limit', retryAfterSeconds }
    return (await hasSolved(post)) ? undefined : { reason: 'challenge' }
  }

  /** Takes back what was counted for a lead that is known by its id and key, or forgets it. */
  function settle(id: string, keyHash: string | undefined): void {
    const entry = counted.get(id)
    counted.delete(id)
    if (entry && entry.keyHash === keyHash) entry.refund()
  }

  return {
    async admit(post) {
      const identity = `${post.form} ${post.id} ${hashKey(post.key)}`
      const known = decisions.get(identity)
      if (known) return known
      const decision = decide(post)
      decisions.set(identity, decision)
      for (const oldest of decisions.keys()) {
        if (decisions.size <= maxRemembered) break
        decisions.delete(oldest)
      }
      try {
        const refusal = await decision
        if (refusal) decisions.delete(identity)
        return refusal
      } catch (error) {
        decisions.delete(identity)
        throw error
      }
    },

    async admitCode(lead) {
      const retryAfterSeconds = await limiters.codes.consume(keys.lead(lead))
      return retryAfterSeconds === undefined ? undefined : { reason: 'limit', retryAfterSeconds }
    },

    createChallenge: (form) => challenges.create(form),

    watch: (store) => ({
      ...store,
      async find(id) {
        const state = await store.find(id)
        settle(id, state?.keyHash)
        return state
      },
      async save(lead, ...options) {
        let known: string | undefined
        try {
          const saved = await store.save(lead, ...options)
          if (saved && !saved.isNew) known = lead.keyHash
          return saved
        } finally {
          settle(lead.id, known)
        }
      },
    }),
  }
}

/** Counts one use of a key, if there is one. Returns the seconds to wait if it is one too many. */
async function consume(
  limiter: Limiter,
  key: string | undefined,
  refunds: (() => Promise<void>)[],
): Promise<number | undefined> {
  if (key === undefined) return undefined
  const retryAfterSeconds = await limiter.consume(key)
  if (retryAfterSeconds === undefined) refunds.push(() => limiter.refund(key))
  return retryAfterSeconds
}
