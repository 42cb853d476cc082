import { matchesFormAndKey } from '../../delivery/receive-lead.ts'
import { hashKey } from '../../runtime/hash.ts'
import type { LeadStore } from '../../leads/lead-store.ts'
import type { SaveResult } from '../../leads/revisions/store-revision.ts'
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
  /** A hash of what is stored of it: two posts of one lead with the same content are one revision. */
  readonly content: string
  /** Whether the person has not finished the lead. */
  readonly isPartial: boolean
  /** The canonical phone, if the lead has one. */
  readonly phone: string | undefined
  /** The client's address; `undefined` if it is not known, and cannot be limited. */
  readonly ip: string | undefined
  readonly challengeMode: ChallengeMode
  /** The solved challenge that came with the lead. */
  readonly challenge: string | undefined
  /** Whether the page can solve a challenge: it has a script, and a secure context. */
  readonly canSolve: boolean
  /** Whether the lead is stored as it is posted, or stays as it is whatever is posted. It asks the database. */
  changesNothing(): Promise<boolean>
}

/** Why a post is refused. */
export type Refusal =
  | { readonly reason: 'limit'; readonly retryAfterSeconds: number }
  | { readonly reason: 'challenge' }

/** Decides which posts are taken. */
export interface LeadProtection {
  /**
   * Counts a new lead, and each change of a known one, and refuses it if it is one too many. What repeats the last post of
   * its lead counts nothing. Throws if the database does not answer.
   */
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

/** What was admitted of a lead, and what is being decided. */
interface KnownLead {
  /** The last post that was admitted. */
  admitted?: { content?: string; readonly phone: string | undefined; readonly isFinished: boolean }
  /** Decisions by content. A post that repeats another one shares its decision, even while that is being made. */
  readonly pending: Map<string, Promise<Refusal | undefined>>
}

/** Creates the protection of a relay. */
export function createLeadProtection({
  limiters,
  keys,
  challenges,
  leads,
}: LeadProtectionDeps): LeadProtection {
  /** By form, id and key. */
  const knownLeads = new Map<string, KnownLead>()
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

  async function decide(post: LeadPost, before: KnownLead['admitted']): Promise<Refusal | undefined> {
    const { challengeMode, canSolve } = post
    if (challengeMode === 'always' && canSolve) {
      if (await hasSolved(post)) return undefined
      // The challenge of a lead covers its corrections, as far as the limits go.
      if (!before && !(await isStored(post))) return { reason: 'challenge' }
    }
    const refunds: (() => Promise<void>)[] = []
    const retryAfterSeconds = await count(post, before, refunds)
    if (retryAfterSeconds === undefined) {
      const refund = (): void => {
        for (const run of refunds)
          run().catch(() => {
            // Counted once too often, for a minute.
          })
      }
      counted.set(post.id, { keyHash: hashKey(post.key), refund })
      return undefined
    }
    if (await post.changesNothing()) return undefined
    if (challengeMode === 'off' || !canSolve) return { reason: 'limit', retryAfterSeconds }
    return (await hasSolved(post)) ? undefined : { reason: 'challenge' }
  }

  /**
   * Counts a new lead for its address and its phone. A change counts for its lead; for the address, too, if the lead was
   * finished before, as each such change is delivered, or has another phone; and for the phone if it is another one.
   */
  async function count(
    post: LeadPost,
    before: KnownLead['admitted'],
    refunds: (() => Promise<void>)[],
  ): Promise<number | undefined> {
    const { ip, id } = post
    const phone = before && before.phone === post.phone ? undefined : post.phone
    const countsForAddress = !before || before.isFinished || phone !== undefined
    // One after the other: what is refused by its address does not use up the limit of a phone.
    return (
      (await consume(limiters.changes, before && keys.lead(id), refunds)) ??
      (await consume(limiters.address, ip && countsForAddress ? keys.address(ip) : undefined, refunds)) ??
      (await consume(limiters.phone, phone && keys.phone(phone), refunds))
    )
  }

  /** Takes back what was counted for a post that has changed nothing, or forgets it. */
  function settle(id: string, repeatedKeyHash: string | undefined): boolean {
    const entry = counted.get(id)
    counted.delete(id)
    if (entry && entry.keyHash === repeatedKeyHash) entry.refund()
    return entry !== undefined
  }

  function identify(form: string, id: string, keyHash: string): string {
    return `${form} ${id} ${keyHash}`
  }

  function remember(identity: string): KnownLead {
    const known = knownLeads.get(identity) ?? { pending: new Map() }
    knownLeads.set(identity, known)
    for (const oldest of knownLeads.keys()) {
      if (knownLeads.size <= maxRemembered) break
      knownLeads.delete(oldest)
    }
    return known
  }

  return {
    async admit(post) {
      const { content, phone, isPartial } = post
      const identity = identify(post.form, post.id, hashKey(post.key))
      const known = remember(identity)
      if (known.admitted?.content === content) return undefined
      const pending = known.pending.get(content)
      if (pending) return pending
      const before = known.admitted
      const decision = decide(post, before)
      known.pending.set(content, decision)
      try {
        const refusal = await decision
        const isFinished = !isPartial || before?.isFinished === true
        if (!refusal) known.admitted = { content, phone, isFinished }
        return refusal
      } finally {
        known.pending.delete(content)
        if (!known.admitted && known.pending.size === 0) knownLeads.delete(identity)
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
        settle(id, undefined)
        return state
      },
      async save(lead, ...options) {
        let repeatedKeyHash: string | undefined
        let change: SaveResult['change'] | undefined
        try {
          const saved = await store.save(lead, ...options)
          change = saved?.change
          if (change === 'repeat') repeatedKeyHash = lead.keyHash
          return saved
        } finally {
          const wasCounted = settle(lead.id, repeatedKeyHash)
          const admitted = knownLeads.get(identify(lead.form, lead.id, lead.keyHash))?.admitted
          // The person insists on values that a destination has warned about. From now on a repetition counts.
          if (change === 'revision' && !wasCounted && admitted) delete admitted.content
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
