import type { ReadonlySignal, Signal } from '@preact/signals-core'
import { stringifyJson } from '../lead/stringify-json.ts'
import type { FieldName } from '../fields/fields.ts'
import type { ConsentDefinition } from '../form/definition.ts'
import type { ResolvedStep } from '../form/expand-definition.ts'
import type { ConsentsModel } from './consents-model.ts'
import type { FieldModel } from './field-model.ts'
import type { FormPorts } from './form-ports.ts'
import type { FormAlert } from './form-status.ts'
import type { NameLine } from './name-line.ts'
import type { StartedLead, SubmissionModel } from './submission-model.ts'

/** The state that moves to a new form when the definition or the language of the old one has changed. */
export interface TransferState {
  /** What was entered in every field, valid or not. */
  readonly texts: ReadonlyMap<FieldName, string>
  /** The id of the step that was shown. */
  readonly step: string
  /** When each box was ticked, by what was agreed to. */
  readonly consentTimes: ReadonlyMap<string, string>
  readonly startedLead: StartedLead | undefined
  /** What says that the lead was not sent, where it was about to be sent again by itself. */
  readonly unsent?: FormAlert | undefined
  /** Whether the parts of a whole name have inputs of their own. */
  readonly isNameOpen?: boolean
  /** Whether the surname's text is a whole name that has not been split. */
  readonly isNameUnsplit?: boolean
}

interface TransferDeps {
  readonly ports: FormPorts
  readonly models: ReadonlyMap<FieldName, FieldModel>
  readonly steps: ReadonlySignal<readonly ResolvedStep[]>
  readonly step: ReadonlySignal<ResolvedStep | undefined>
  readonly position: Signal<number>
  readonly consents: ConsentsModel
  readonly submission: SubmissionModel
  readonly nameLine: NameLine
}

/** Creates the actions that move the state of one form to another. */
export function createTransfer({
  ports,
  models,
  steps,
  step,
  position,
  consents,
  submission,
  nameLine,
}: TransferDeps) {
  /** Identifies what a person agrees to. Another document, version or sentence is another consent. */
  function subjectOf(consent: ConsentDefinition): string {
    const { id, documentUrl, version } = consent
    return stringifyJson([id, documentUrl, version, ports.consentText(consent)])
  }

  return {
    /** Returns the state for the form that replaces this one. */
    exportState: (): TransferState => ({
      texts: new Map([...models].map(([name, { entered }]) => [name, entered.value])),
      step: step.value?.id ?? '',
      consentTimes: new Map(
        consents
          .states()
          .flatMap(({ consent, acceptedAt }) => (acceptedAt ? [[subjectOf(consent), acceptedAt]] : [])),
      ),
      startedLead: submission.startedLead(),
      unsent: submission.repetition.value?.ended,
      isNameOpen: nameLine.isOpen.value,
      isNameUnsplit: nameLine.isUnsplit.value,
    }),

    /** Restores the state of another form, as far as this one has the same fields, consents and steps. */
    restoreState({
      texts,
      step: stepId,
      consentTimes,
      startedLead,
      unsent,
      isNameOpen,
      isNameUnsplit,
    }: TransferState) {
      if (isNameOpen) nameLine.open()
      nameLine.setUnsplit(isNameUnsplit === true)
      for (const [name, text] of texts) models.get(name)?.setText(text)
      consents.restore(consentTimes, subjectOf)
      if (startedLead) submission.restore(startedLead)
      if (unsent) submission.alert.value = unsent
      position.value = Math.max(
        0,
        steps.value.findIndex(({ id }) => id === stepId),
      )
    },
  }
}
