import { computed, effect, untracked } from '@preact/signals-core'
import { createPartialClient, type PartialResult } from './partial-client.ts'
import * as requests from '../../delivery/relay-requests.ts'
import { pickValue, spreadValue } from '../../fields/fields.ts'
import type { ResolvedField } from '../../form/expand-definition.ts'
import type { Lead } from '../../lead/lead.ts'
import type { LeadIdentity } from '../../lead/lead-identity.ts'
import type { LeadValues } from '../../lead/values.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import type { FormContext } from '../../state/form-actions.ts'
import { type FormStatus, isFinalOutcome } from '../../state/form-status.ts'
import { waitForConnection } from '../connection/wait-for-connection.ts'

/** What storing partial leads needs of its form. */
export interface PartialLeadsDeps {
  /** The address of the form on its relay. */
  readonly relay: string
  /** Whether a field has nothing to be corrected. */
  isValid(field: ResolvedField): boolean
  /** Assembles a lead with these values. */
  collect(identity: LeadIdentity, values: LeadValues): Promise<Lead>
}

/** What is stored: the values of the steps that the person has seen. */
interface Snapshot {
  readonly identity: LeadIdentity
  readonly step: string
  readonly values: LeadValues
}

/** A person who is typing the phone may correct it: the milliseconds until it is stored. */
const settleMs = 300
const firstPauseMs = 1000
const longestPauseMs = 60_000

/**
 * Stores the lead at the relay before it is finished, once the person has given the needed consents and the phone, and
 * again with every step. Works in the background: nothing waits for it. A consent that is taken back withdraws the lead.
 * Returns a function that ends it.
 */
export function storePartialLeads(context: FormContext, deps: PartialLeadsDeps): () => void {
  const { definition, models, steps, index, values, consents, submission } = context
  const client = createPartialClient(deps.relay, { fetch: (url, init) => fetch(url, init), requests })
  const required = definition.consents.filter((consent) => consent.required)
  /** The lead whose sending has begun: the finished lead is on its way. */
  let finished: string | undefined
  let sendingBefore = false
  let posted: { readonly id: string; readonly content: string } | undefined
  let furthest = 0
  let furthestOf: string | undefined
  /** What is to be stored. */
  let latest: Snapshot | undefined
  let working = false
  let posting: Promise<PartialResult> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let shownBefore: string | undefined
  let typedBefore: string | undefined
  let ended = false
  /** The leads whose withdrawal is not answered yet. */
  const withdrawing = new Set<LeadIdentity>()

  const isReady = computed(
    () =>
      submission.status.value === 'filling' &&
      models.get('phone')?.value.value !== undefined &&
      required.every(({ id }) => consents.accepted[id]?.value !== undefined),
  )
  const step = computed(() => steps.value[index.value]?.id)
  const leadId = (): string | undefined => submission.startedLead()?.identity.id
  /** The form that this one replaces may have stored its lead, and sent it. */
  const inherited = leadId()
  const inheritedUnsent = submission.startedLead()?.submittedAt ? undefined : inherited

  /** Takes what there is now. */
  function take(): void {
    clearTimeout(timer)
    timer = undefined
    const identity = submission.startedLead()?.identity
    const at = step.peek()
    if (ended || !identity || at === undefined || !isReady.peek() || finished === identity.id) return
    if (furthestOf !== identity.id) furthest = 0
    furthestOf = identity.id
    furthest = Math.max(furthest, index.peek())
    const all = values.peek()
    const fields = steps.peek().slice(0, furthest + 1)
    const seen = Object.assign(
      {},
      ...fields
        .flatMap((shown) => shown.fields)
        .filter(deps.isValid)
        .map(({ name }) => {
          const value = pickValue(name, all)
          return value === undefined ? {} : spreadValue(name, value)
        }),
    )
    const content = stringifyJson([at, seen, consents.states()])
    if (seen.phone === undefined || (posted?.id === identity.id && posted.content === content)) return
    posted = { id: identity.id, content }
    latest = { identity, step: at, values: seen }
    if (!working) void work()
  }

  async function post({ identity, step: at, values: seen }: Snapshot): Promise<PartialResult> {
    const lead = await deps.collect(identity, seen)
    return client.send({ ...lead, partial: true, step: at })
  }

  /** Posts what is to be stored, one request after the other, until it is stored or replaced by the finished lead. */
  async function work(): Promise<void> {
    working = true
    let pause = firstPauseMs
    while (latest) {
      const snapshot: Snapshot = latest
      posting = post(snapshot).catch((): PartialResult => 'settled')
      const result = await posting
      if (result === 'erased') renew(snapshot.identity)
      if (latest !== snapshot) pause = firstPauseMs
      else if (typeof result === 'string') latest = undefined
      else {
        await waitForConnection(Math.max(pause, result.retryAfterMs))
        pause = Math.min(pause * 3, longestPauseMs)
      }
    }
    working = false
  }

  /**
   * Gives the person's lead another identity, because the relay has erased what it had under this one. While a lead or its
   * code is sent it keeps its identity: sending finds out by itself.
   */
  function renew({ id }: LeadIdentity): void {
    if (leadId() === id && submission.isEditable.peek()) submission.renew()
  }

  /** Withdraws a lead whose consent was taken back. Its id is not used again: the relay never takes it again. */
  async function withdraw(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    latest = undefined
    const identity = submission.startedLead()?.identity
    if (!identity) return
    if (posted?.id === identity.id) {
      posted = undefined
      // What was sent, here or in the form before, may be finished, and then keeps its id.
      if (finished !== identity.id && inherited !== identity.id) renew(identity)
    } else if (inherited !== identity.id) return
    await erase(identity)
  }

  /** Erases what was stored before the form went on with another lead: all answers belong to that one now. */
  async function eraseReplaced(identity: LeadIdentity): Promise<void> {
    const { id } = identity
    // What was sent may be finished.
    if (finished === id || (posted?.id !== id && inheritedUnsent !== id)) return
    if (latest?.identity.id === id) latest = undefined
    posted = undefined
    await erase(identity)
  }

  async function erase(identity: LeadIdentity): Promise<void> {
    withdrawing.add(identity)
    // A post that is under way must not arrive after the withdrawal.
    await posting
    await withdrawUntilAnswered(identity)
    withdrawing.delete(identity)
    if (ended) stopListening()
    // The consent may have been given again meanwhile, or the answers are another lead's.
    else if (timer === undefined) take()
  }

  /** Repeats a withdrawal until the relay answers. After the form is closed it is given up once the pauses get long. */
  async function withdrawUntilAnswered(identity: LeadIdentity): Promise<void> {
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 3, longestPauseMs)) {
      const result = await client.withdraw(identity)
      if (result === 'erased') renew(identity)
      if (typeof result === 'string' || (ended && pause === longestPauseMs)) return
      await waitForConnection(Math.max(pause, result.retryAfterMs))
    }
  }

  /** The page may be closed without another event. */
  function onHide(): void {
    if (document.visibilityState !== 'hidden') return
    for (const identity of withdrawing) void client.withdraw(identity)
    if (timer !== undefined) take()
    else if (latest) void post(latest)
  }

  /** Withdrawals that are not answered yet still have to be repeated when the page is closed. */
  function stopListening(): void {
    if (withdrawing.size === 0) document.removeEventListener('visibilitychange', onHide)
  }

  /** Leaves the lead to its sending, which may have changed its identity by the time it ends. */
  function follow(status: FormStatus): void {
    const isSending = status === 'sending'
    if (isSending || sendingBefore) finished = leadId()
    sendingBefore = isSending
    if (isSending) latest = undefined
    if (isFinalOutcome(status)) posted = undefined
  }

  const stops = [
    effect(() => {
      if (consents.withdrawals.value > 0) untracked(() => void withdraw())
    }),
    effect(() => {
      const { value: replaced } = submission.replaced
      if (replaced) untracked(() => void eraseReplaced(replaced))
    }),
    effect(() => {
      const status = submission.status.value
      const shown = step.value
      const ready = isReady.value
      // What replaces a phone or a consent is stored like them.
      void models.get('phone')?.value.value
      for (const accepted of Object.values(consents.accepted)) void accepted.value
      untracked(() => {
        follow(status)
        const phone = models.get('phone')?.text.peek()
        const isTyping = typedBefore !== undefined && phone !== typedBefore && shown === shownBefore
        typedBefore = phone
        shownBefore = shown
        clearTimeout(timer)
        timer = undefined
        if (ready && isTyping) timer = setTimeout(take, settleMs)
        else if (ready) take()
      })
    }),
  ]
  document.addEventListener('visibilitychange', onHide)
  return () => {
    if (timer !== undefined) take()
    ended = true
    clearTimeout(timer)
    latest = undefined
    posted = undefined
    stopListening()
    for (const stop of stops) stop()
  }
}
