import type { ReadonlySignal, Signal } from '@preact/signals-core'
import type { FieldName } from '../fields/fields.ts'
import type { ConsentDefinition } from '../form/definition.ts'
import type { Flow } from '../form/flow.ts'
import type { ResolvedStep } from '../form/expand-definition.ts'
import type { ConsentsModel } from './consents-model.ts'
import type { FieldModel } from './field-model.ts'
import type { FormPorts } from './form-ports.ts'
import type { StartedLead, SubmissionModel } from './submission-model.ts'

/** What a form leaves to the one that takes its place when its definition or its language has changed. */
export interface TransferState {
  /** What stands in each field, also where it is no value yet. */
  readonly texts: ReadonlyMap<FieldName, string>
  /** The id of the step that was shown. */
  readonly step: string
  /** When each box was ticked, by what was agreed to. */
  readonly consentTimes: ReadonlyMap<string, string>
  readonly startedLead: StartedLead | undefined
}

interface TransferDeps {
  readonly ports: FormPorts
  readonly models: ReadonlyMap<FieldName, FieldModel>
  readonly flow: ReadonlySignal<Flow>
  readonly step: ReadonlySignal<ResolvedStep | undefined>
  readonly position: Signal<number>
  readonly consents: InstanceType<typeof ConsentsModel>
  readonly submission: InstanceType<typeof SubmissionModel>
}

/** How one form goes on where another was left. */
export function createTransfer({ ports, models, flow, step, position, consents, submission }: TransferDeps) {
  /** Another document, version or sentence is another consent. */
  function agreedTo(consent: ConsentDefinition): string {
    const { id, documentUrl, version } = consent
    return JSON.stringify([id, documentUrl, version, ports.consentText(consent)])
  }

  return {
    /** What the form that takes this one's place goes on with. */
    exportState: (): TransferState => ({
      texts: new Map([...models].map(([name, { text }]) => [name, text.value])),
      step: step.value?.id ?? '',
      consentTimes: new Map(
        consents
          .states()
          .flatMap(({ consent, acceptedAt }) => (acceptedAt ? [[agreedTo(consent), acceptedAt]] : [])),
      ),
      startedLead: submission.startedLead(),
    }),

    /** Goes on with all of another form that has a place here. */
    restoreState({ texts, step: place, consentTimes, startedLead }: TransferState) {
      for (const [name, text] of texts) models.get(name)?.setText(text)
      consents.restore(consentTimes, agreedTo)
      if (startedLead) submission.restore(startedLead)
      position.value = Math.max(
        0,
        flow.value.steps.findIndex(({ id }) => id === place),
      )
    },
  }
}
