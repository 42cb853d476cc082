import { computed, createModel, signal } from '@preact/signals-core'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import type { VerificationRequired } from '../lead/delivery.ts'
import type { FormPorts } from './form-ports.ts'
import type { FieldMessage } from './field-model.ts'
import type { FormAlert, FormStatus } from './form-status.ts'

/** A lead that is being filled in. */
export interface StartedLead {
  readonly identity: LeadIdentity
  readonly startedAt: Date
  /** When it was sent last, by the clock of that moment. */
  readonly submittedAt?: Date | undefined
}

/** An application that is sent again by itself: what the form says meanwhile, and once that ends without an answer. */
export interface Repetition {
  readonly alert: FormAlert
  readonly ended: FormAlert
}

/** What has become of a lead. `SendingModel` sends it. */
export const SubmissionModel = createModel((ports: FormPorts) => {
  const status = signal<FormStatus>('filling')
  const alert = signal<FormAlert | undefined>(undefined)
  /** Goes on while the person walks through the form and changes nothing. */
  const repetition = signal<Repetition | undefined>(undefined)
  const touched = signal(false)
  /** The code that the person is asked for, with the attempts that are left; `undefined` while there is none. */
  const pendingCode = signal<VerificationRequired | undefined>(undefined)
  /** What is wrong with the code that was entered. */
  const codeMessage = signal<FieldMessage | undefined>(undefined)
  /** Whether answers can be changed: not while they are being sent, nor once they have arrived. */
  const isEditable = computed(
    () => !pendingCode.value && (status.value === 'filling' || status.value === 'failed'),
  )

  const isSending = computed(() => status.value === 'sending')

  let identity: LeadIdentity | undefined
  let startedAt: Date | undefined
  let submittedAt: Date | undefined
  /** How often the lead was forgotten: an answer counts only for the lead that it is about. */
  const clears = signal(0)
  const replaced = signal<LeadIdentity | undefined>(undefined)
  let resets = 0

  /** Returns the lead's identity, which is created with the first change and kept through every retry. */
  function touch(): LeadIdentity {
    touched.value = true
    startedAt ??= ports.now()
    if (!identity) {
      identity = ports.identify()
      ports.onEvent({ type: 'start' })
    }
    return identity
  }

  function clearPendingCode(): void {
    pendingCode.value = undefined
    codeMessage.value = undefined
  }

  return {
    status,
    alert,
    repetition,
    touched,
    clears,
    /** The lead that the person had begun before the form went on with another one. What was entered is about that one now. */
    replaced,
    pendingCode,
    codeMessage,
    isEditable,
    isSending,
    touch,
    clearPendingCode,

    /** Forgets what was said about another step. */
    clearAlert() {
      alert.value = repetition.value?.alert
      if (status.value === 'failed') status.value = 'filling'
    },

    clearCodeMessage() {
      codeMessage.value = undefined
    },

    /** The lead that the person has begun, for the form that replaces this one; `undefined` before the first change. */
    startedLead: (): StartedLead | undefined => identity && startedAt && { identity, startedAt, submittedAt },

    /**
     * Begins to send the lead, and returns the moment of that. The receiver takes the latest revision of a lead by these
     * moments, so each is later than the one before, also where the clock has been set back meanwhile.
     */
    submitAt(): Date {
      const earliest = submittedAt ? submittedAt.getTime() + 1 : -Infinity
      return (submittedAt = new Date(Math.max(ports.now().getTime(), earliest)))
    },

    /** Gives a lead that has been withdrawn or erased another identity. */
    renew() {
      identity &&= ports.identify()
    },

    /** Continues a lead that was begun in another form. */
    restore(startedLead: StartedLead) {
      const before = identity
      touched.value = true
      ;({ identity, startedAt, submittedAt } = startedLead)
      if (before && before.id !== identity.id) replaced.value = before
    },

    /** How often it was forgotten while the form stays: the person, or the next one, begins again. */
    resets: () => resets,

    /** Forgets the lead. The next change begins another one. */
    clear(isReset = true) {
      clears.value += 1
      if (isReset) resets += 1
      clearPendingCode()
      alert.value = undefined
      touched.value = false
      identity = undefined
      startedAt = undefined
      submittedAt = undefined
    },
  }
})

/** See {@link SubmissionModel}. */
export type SubmissionModel = InstanceType<typeof SubmissionModel>
