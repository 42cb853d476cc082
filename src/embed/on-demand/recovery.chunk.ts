import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core'
import { stringifyJson } from '../../lead/stringify-json.ts'
import { isFinalOutcome } from '../../state/form-status.ts'
import { createRecoveryNotice, type RecoveryState } from '../../ui/notices/recovery-notice.tsx'
import type { RecoveringForm } from '../connection/recover-unanswered.ts'
import {
  claimUnanswered,
  forgetUnanswered,
  forgetUnclaimed,
  releaseUnanswered,
  type UnansweredLead,
} from '../connection/unanswered-lead.ts'
import { waitForConnection } from '../connection/wait-for-connection.ts'
import { askOutcome, type KnownOutcome } from './outcome-client.ts'

const firstPauseMs = 2000
const longestPauseMs = 60_000
const mostQuestions = 60
const longestMs = 30 * 60_000
/** A request outlives its page. It has 20 seconds, and then the relay stores what has arrived. */
const arrivalMs = 25_000

/** What is known after an answer, if anything. */
type RecoveryEnd = Exclude<KnownOutcome, 'absent' | 'unreachable'> | 'lost' | 'undecided'

/**
 * Asks for the outcome of a lead until it is known.
 *
 *     asking ── outcome, correct, closed ──► ended
 *       │ ▲──── absent, for 25 seconds ── then lost
 *       ▼ │
 *     waiting ── time, online, page visible, button ──► asking
 *       └── half an hour, 60 questions ──► undecided
 */
export async function recoverOutcome(
  ask: () => Promise<KnownOutcome>,
  { wait, onWaiting, now }: { wait(ms: number): Promise<boolean>; onWaiting(): void; now(): number },
): Promise<RecoveryEnd | undefined> {
  const end = now() + longestMs
  let absentSince: number | undefined
  for (let count = 0; count < mostQuestions && now() < end; count += 1) {
    const answer = await ask()
    let pause = Math.min(firstPauseMs * 2 ** count, longestPauseMs)
    if (answer === 'absent') {
      // The browser's events shorten pauses, so the number of questions tells nothing.
      absentSince ??= now()
      const left = absentSince + arrivalMs - now()
      if (left <= 0) return 'lost'
      pause = Math.min(pause, left)
    } else if (answer === 'unreachable') onWaiting()
    else return answer
    if (!(await wait(pause))) return undefined
  }
  return 'undecided'
}

/**
 * Asks for the outcome of a lead that was sent before the page was loaded, and says what became of it. Nobody knows whether
 * the same person is at the form now, so the form is about another lead, unless it is certain:
 *
 *     blank ── person types ──► another lead: outcomes are said in the notice, and change nothing
 *       │ └─── the relay has no such lead ──► the same lead
 *       ├───── draft with its id ──► the same lead, until its answers are changed: outcomes are shown
 *       └───── person goes on ──► the same lead
 *
 * Ends with the form, and when the person sends. A reset forgets the lead, and so does the person whose it is not.
 */
export function recoverLead(shown: ReadonlySignal<RecoveringForm | undefined>, relay: string): void {
  const claim = claimUnanswered(relay, Date.now())
  if (!claim) return
  const lead: UnansweredLead = claim
  const state = signal<RecoveryState>({ kind: 'asking' })
  const ending = new AbortController()
  let wake = (): void => undefined
  /** The answers of the same lead, before the person changed them. */
  let restored: string | undefined
  let isChanged = false
  let latest: RecoveringForm | undefined
  /** Whether the form has the lead's id only because the relay does not know it. */
  let isTaken = false
  const notice = createRecoveryNotice(state, {
    askNow() {
      state.value = { kind: 'asking' }
      wake()
    },
    goOn() {
      const { kind } = state.peek()
      shown.peek()?.model.recover((sending) => {
        sending.resume(lead)
        if (kind === 'code') sending.recover(lead, { outcome: 'verification' }, lead.isCode)
      })
      state.value = { kind, isContinued: true }
    },
    drop() {
      const model = shown.peek()?.model
      // The answers of a draft are not this person's either.
      if (isSameLead() && !isTaken) model?.reset()
      else model?.recover((sending) => sending.disown(lead))
      forgetUnanswered(relay, lead.id)
      end()
    },
  })

  /** Whether what is entered belongs to the lead. */
  const isSameLead = (): boolean => shown.peek()?.model.exportState().startedLead?.identity.id === lead.id

  const stopShown = effect(() => {
    const form = shown.value
    const status = form?.model.status.value ?? 'sending'
    if (form) form.recovery.value = notice
    const isTouched = form?.model.touched.value
    const answers = stringifyJson(Object.values(form?.model.fields ?? {}).map(({ text }) => text.value))
    const isReset = (form?.model.clears.value ?? 0) > 0
    untracked(() => {
      if (restored === undefined && isTouched && isSameLead()) {
        restored = answers
        // The draft may have been stored before the lead was sent once more.
        form?.model.recover((sending) => sending.resume(lead))
      }
      isChanged = restored !== undefined && restored !== answers
      // What waits until the form can be seen has to see this one.
      if (form !== latest) wake()
      latest = form
      if (form && (isReset || (status === 'sending' && !isSameLead()))) forgetUnanswered(relay, lead.id)
      // A lead that has arrived clears the form, too.
      if (isReset && !isFinalOutcome(status)) forgetUnclaimed(relay)
      if (isReset || status === 'sending' || isFinalOutcome(status)) end()
    })
  })

  function end(): void {
    ending.abort()
    const form = shown.peek()
    if (form) form.recovery.value = undefined
    releaseUnanswered(lead.id)
    wake()
    // The effect may be running.
    queueMicrotask(() => stopShown())
  }

  async function wait(ms: number): Promise<boolean> {
    const pause = new AbortController()
    wake = () => pause.abort()
    await waitForConnection(ms, pause.signal)
    return !ending.signal.aborted
  }

  async function ask(): Promise<KnownOutcome> {
    // The outcome is shown by code that comes on demand, too.
    const isComplete = await shown
      .peek()
      ?.complete()
      .then(
        () => true,
        () => false,
      )
    return isComplete ? askOutcome(relay, lead, (url, init) => fetch(url, init)) : 'unreachable'
  }

  /** Waits until the form can be seen: nobody reads what a closed popup says. */
  async function seen(): Promise<RecoveringForm | undefined> {
    for (;;) {
      const form = shown.peek()
      if (!form || ending.signal.aborted || form.host.getClientRects().length > 0) return form
      await new Promise<void>((resolve) => {
        const observer = new ResizeObserver(() => {
          if (form.host.getClientRects().length > 0) finish()
        })
        const finish = (): void => {
          observer.disconnect()
          resolve()
        }
        wake = finish
        observer.observe(form.host)
      })
    }
  }

  async function run(): Promise<void> {
    await seen()
    if (ending.signal.aborted) return
    const found = await recoverOutcome(ask, {
      wait,
      now: () => Date.now(),
      onWaiting: () => (state.value = { kind: 'waiting' }),
    })
    const form = await seen()
    if (found === undefined || ending.signal.aborted || !form) return
    forgetUnanswered(relay, lead.id)
    show(found, form)
  }

  function show(found: RecoveryEnd, { model, texts }: RecoveringForm): void {
    const isSame = isSameLead()
    const isBlank = !model.touched.peek()
    if (found === 'closed') return end()
    if (typeof found !== 'object') {
      if (found === 'lost' && isBlank) {
        isTaken = true
        model.recover((sending) => sending.resume(lead))
      }
      state.value =
        found === 'lost' ? { kind: isBlank ? found : 'lostKept' } : { kind: found, isContinued: isSame }
    } else if (found.outcome === 'verification' && !(isSame && !isChanged)) state.value = { kind: 'code' }
    else if (isBlank || (isSame && !isChanged))
      model.recover((sending) => sending.recover(lead, found, lead.isCode))
    else state.value = { kind: 'known', title: texts.results?.[found.outcome].title ?? '' }
  }

  void run()
}
