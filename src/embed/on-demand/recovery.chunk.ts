import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core'
import type { LeadIdentity } from '../../lead/lead-identity.ts'
import { isFinalOutcome } from '../../state/form-status.ts'
import { createRecoveryNotice, type RecoveryState } from '../../ui/notices/recovery-notice.tsx'
import type { RecoveringForm } from '../connection/recover-unanswered.ts'
import { forgetUnanswered, releaseUnanswered } from '../connection/unanswered-lead.ts'
import { waitForConnection } from '../connection/wait-for-connection.ts'
import { askOutcome, type KnownOutcome } from './outcome-client.ts'

const firstPauseMs = 2000
const longestPauseMs = 60_000
const mostQuestions = 60
const longestMs = 30 * 60_000
/** A request that outlives its page may arrive after the first question. */
const neededAbsences = 3

/** What is known after an answer, if anything. */
type RecoveryEnd = Exclude<KnownOutcome, 'absent' | 'unreachable'> | 'lost' | 'undecided'

/**
 * Asks for the outcome of a lead until it is known.
 *
 *     asking ── outcome, correct, closed ──► ended
 *       │ ▲──── absent, up to three times ── then lost
 *       ▼ │
 *     waiting ── time, online, page visible, button ──► asking
 *       └── half an hour, 60 questions ──► undecided
 */
export async function recoverOutcome(
  ask: () => Promise<KnownOutcome>,
  { wait, onWaiting, now }: { wait(ms: number): Promise<boolean>; onWaiting(): void; now(): number },
): Promise<RecoveryEnd | undefined> {
  const end = now() + longestMs
  let absences = 0
  for (let count = 0; count < mostQuestions && now() < end; count += 1) {
    const answer = await ask()
    if (answer === 'absent') absences += 1
    else if (answer === 'unreachable') onWaiting()
    else return answer
    if (absences === neededAbsences) return 'lost'
    const pause = answer === 'absent' ? firstPauseMs : Math.min(firstPauseMs * 2 ** count, longestPauseMs)
    if (!(await wait(pause))) return undefined
  }
  return 'undecided'
}

/**
 * Says what became of a lead that was sent before the page was loaded, and shows its outcome. The form has its id, so that
 * sending again in the meantime makes no second lead. Ends with the form, and when the person sends.
 */
export function recoverLead(
  shown: ReadonlySignal<RecoveringForm | undefined>,
  relay: string,
  identity: LeadIdentity,
): void {
  const state = signal<RecoveryState>('asking')
  const ending = new AbortController()
  let wake = (): void => undefined
  const notice = createRecoveryNotice(state, () => {
    state.value = 'asking'
    wake()
  })
  const stopShown = effect(() => {
    const form = shown.value
    const status = form?.model.status.value ?? 'sending'
    if (form) form.recovery.value = notice
    if (status === 'sending' || isFinalOutcome(status)) untracked(end)
  })

  function end(): void {
    ending.abort()
    const form = shown.peek()
    if (form) form.recovery.value = undefined
    else releaseUnanswered(identity)
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
    return isComplete ? askOutcome(relay, identity, (url, init) => fetch(url, init)) : 'unreachable'
  }

  async function run(): Promise<void> {
    const found = await recoverOutcome(ask, {
      wait,
      now: () => Date.now(),
      onWaiting: () => (state.value = 'waiting'),
    })
    const model = shown.peek()?.model
    if (found === undefined || ending.signal.aborted || !model) return
    forgetUnanswered(relay, identity)
    if (typeof found === 'object') model.recover(found)
    else if (found === 'closed') end()
    else if (found === 'lost' && Object.values(model.fields).some(({ text }) => text.peek()))
      state.value = 'lostKept'
    else state.value = found
  }

  void run()
}
