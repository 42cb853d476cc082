import { matchesFormAndKey } from '../../delivery/receive-lead.ts'
import type { LeadState } from '../../leads/lead-state.ts'
import type { LeadStore } from '../../leads/lead-store.ts'
import type { SaveResult } from '../../leads/revisions/store-revision.ts'
import { hashKey } from '../../runtime/hash.ts'
import type { Challenges } from './challenges.ts'
import {
  correctUses,
  type CountResult,
  countUses,
  type LeadBefore,
  type LimitedUse,
  listUses,
  refundUses,
} from './counted-uses.ts'
import type { LimitKeys } from './limit-keys.ts'
import type { Limiters } from './limiters.ts'

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

/** A post that is taken, while it is received. */
export interface Admission {
  /** The same store. From what it saves follows what was counted wrongly. */
  watch(store: LeadStore): LeadStore
  /** Takes back what was counted wrongly. Called once the post was received, or has failed. Never throws. */
  end(): Promise<void>
}

/** Decides which posts are taken. */
export interface LeadProtection {
  /**
   * Counts a new lead, and each change of a stored one, and refuses it if it is one too many. What repeats the last post of
   * its lead counts nothing. Throws if the database does not answer.
   */
  admit(post: LeadPost): Promise<Refusal | Admission>
  /** Counts a code of a lead whose key was checked, and refuses it if it is one too many. */
  admitCode(lead: string): Promise<Refusal | undefined>
  /** A new challenge of a form, as JSON. */
  createChallenge(form: string): Promise<object>
}

/** What the protection depends on. */
export interface LeadProtectionDeps {
  readonly limiters: Limiters
  readonly keys: LimitKeys
  readonly challenges: Challenges
  readonly leads: Pick<LeadStore, 'find' | 'phoneOf'>
}

/** Leads that are remembered as counted. Older ones are looked up in the database when that matters. */
const maxRemembered = 20_000

/** What was admitted of a lead, and what is being decided. */
interface KnownLead {
  /** The last post that was admitted. */
  admitted?: AdmittedPost
  /** Decisions by content. A post that repeats another one shares its decision, even while that is being made. */
  readonly pending: Map<string, Promise<Refusal | AdmittedPost>>
}

/** A post that was admitted, and what was counted for it. */
interface AdmittedPost extends LeadBefore {
  /** `undefined` if a repetition counts. */
  content: string | undefined
  readonly form: string
  readonly keyHash: string
  readonly counts: Pick<LeadPost, 'id' | 'ip' | 'phone'>
  /** The post that was admitted before it, while this one is received. */
  previous: AdmittedPost | undefined
  readonly uses: readonly LimitedUse[]
  /** Whether it was counted as a new lead: this relay has not seen the lead before. */
  readonly isNew: boolean
  /** Requests that receive it: it may be repeated meanwhile. */
  requests: number
  /** What was stored of it is known, and what was counted for it is right, or being corrected. */
  isSettled: boolean
}

/** What was stored of a post, as far as it decides what the post counts. */
type SettledChange = Pick<SaveResult, 'change' | 'replaced'>

/** Creates the protection of a relay. */
export function createLeadProtection({
  limiters,
  keys,
  challenges,
  leads,
}: LeadProtectionDeps): LeadProtection {
  /** By form, id and key. */
  const knownLeads = new Map<string, KnownLead>()

  /** What is stored of a lead: another relay may have received it, or this one before it was restarted. */
  async function findBefore({ id, form, key }: LeadPost): Promise<LeadBefore | undefined> {
    const state = await leads.find(id)
    return state && matchesFormAndKey(state, form, hashKey(key)) ? describeBefore(state) : undefined
  }

  async function describeBefore(state: LeadState): Promise<LeadBefore> {
    return { phone: await leads.phoneOf(state), isFinished: state.partialStep === undefined }
  }

  /** Whether a solved challenge came with the post. */
  async function hasSolved({ form, challenge }: LeadPost): Promise<boolean> {
    return challenge !== undefined && challenges.accept(form, challenge)
  }

  async function decide(post: LeadPost, previous: AdmittedPost | undefined): Promise<Refusal | AdmittedPost> {
    let before: LeadBefore | undefined = previous
    const admit = (uses: readonly LimitedUse[] = []): AdmittedPost => ({
      content: post.content,
      phone: post.phone,
      isFinished: !post.isPartial || before?.isFinished === true,
      form: post.form,
      keyHash: hashKey(post.key),
      counts: { id: post.id, ip: post.ip, phone: post.phone },
      previous,
      uses,
      isNew: before === undefined,
      requests: 0,
      isSettled: false,
    })
    const { challengeMode, canSolve } = post
    if (challengeMode === 'always' && canSolve) {
      if (await hasSolved(post)) return admit()
      // The challenge of a lead covers its corrections, as far as the limits go.
      before ??= await findBefore(post)
      if (!before) return { reason: 'challenge' }
    }
    let result = await count(post, before)
    const isOverChanges = before !== undefined && result.counted.length === 0
    if (result.retryAfterSeconds !== undefined && !isOverChanges) {
      // Only now: to look up every new lead would cost the database a message each.
      const stored = await findBefore(post)
      if (stored && (stored.phone !== before?.phone || stored.isFinished !== before?.isFinished)) {
        await refundUses(result.counted)
        result = await count(post, stored)
      }
      before ??= stored
    }
    const { retryAfterSeconds } = result
    if (retryAfterSeconds === undefined) return admit(result.counted)
    if (before && (await post.changesNothing())) return admit()
    if (challengeMode === 'off' || !canSolve) return { reason: 'limit', retryAfterSeconds }
    return (await hasSolved(post)) ? admit() : { reason: 'challenge' }
  }

  function count(post: LeadPost, before: LeadBefore | undefined): Promise<CountResult> {
    return countUses(listUses({ limiters, keys }, post, before))
  }

  /** Corrects what was counted for a post, now that it is known what was stored of it. */
  async function settle(
    known: KnownLead,
    admitted: AdmittedPost,
    { change, replaced }: SettledChange,
  ): Promise<void> {
    const { uses, counts, isNew, previous } = admitted
    admitted.isSettled = true
    if (change === 'none') {
      // What was admitted meanwhile was compared with this post, and may have counted less for it.
      if (known.admitted !== admitted || known.pending.size > 0) return
      // What is stored is as it was: the next post is compared with that.
      if (previous) known.admitted = previous
      else delete known.admitted
    }
    if (change === 'repeat' || change === 'none') await refundUses(uses)
    if (change !== 'revision' || !isNew || !replaced || uses.length === 0) return
    await correctUses(uses, listUses({ limiters, keys }, counts, await describeBefore(replaced)))
  }

  function openAdmission(known: KnownLead, admitted: AdmittedPost): Admission {
    /** What the last save has stored. */
    let saved: SaveResult | undefined
    /** The lead as it was stored while nothing of the post was. */
    let found: LeadState | undefined
    let settling: Promise<void> | undefined
    const settleNow = (result: SettledChange): void => {
      settling = settle(known, admitted, result).catch(() => {
        // The database does not answer: it counts once too often, for a minute.
      })
    }
    admitted.requests += 1
    return {
      watch: (store) => ({
        ...store,
        async find(id) {
          const state = await store.find(id)
          if (state && matchesFormAndKey(state, admitted.form, admitted.keyHash)) found = state
          return state
        },
        async save(...lead) {
          try {
            saved = await store.save(...lead)
          } catch (error) {
            admitted.isSettled = true
            throw error
          }
          // What stores nothing while an attempt runs is saved again after it.
          if (saved?.change === 'none') return saved
          if (!admitted.isSettled && saved) settleNow(saved)
          // The person insists on values that a destination has warned about. From now on a repetition counts.
          else if (saved?.change === 'revision') admitted.content = undefined
          return saved
        },
      }),
      async end() {
        admitted.requests -= 1
        if (admitted.requests === 0) {
          if (saved?.change === 'none' && !admitted.isSettled) settleNow(saved)
          // A change with mistakes is a change all the same.
          if (!saved && found && !admitted.isSettled) settleNow({ change: 'revision', replaced: found })
          admitted.previous = undefined
        }
        await settling
      },
    }
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
      const { content } = post
      const identity = `${post.form} ${post.id} ${hashKey(post.key)}`
      const known = remember(identity)
      if (known.admitted?.content === content) return openAdmission(known, known.admitted)
      const shared = known.pending.get(content)
      const decision = shared ?? decide(post, known.admitted)
      if (!shared) known.pending.set(content, decision)
      try {
        const decided = await decision
        if ('reason' in decided) return decided
        if (!shared) known.admitted = decided
        return openAdmission(known, decided)
      } finally {
        if (!shared) known.pending.delete(content)
        if (!known.admitted && known.pending.size === 0) knownLeads.delete(identity)
      }
    },

    async admitCode(lead) {
      const retryAfterSeconds = await limiters.codes.consume(keys.lead(lead))
      return retryAfterSeconds === undefined ? undefined : { reason: 'limit', retryAfterSeconds }
    },

    createChallenge: (form) => challenges.create(form),
  }
}
