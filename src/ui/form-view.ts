import type { FormDefinition } from '../form/definition.ts'
import type { FormTexts } from '../i18n/texts.ts'
import type { FormModel } from '../state/form-model.ts'
import type { PlaceListComponent } from './places/place-list.tsx'
import type { VerificationStepComponent } from './verification/verification-step.tsx'

/** What every component of a form is given. */
export interface FormView {
  readonly model: InstanceType<typeof FormModel>
  readonly definition: FormDefinition
  readonly texts: FormTexts
  /** Makes ids unique among the forms of a page. */
  readonly uid: string
  /** Reads every input anew: some browsers fill fields in without an event. */
  readonly readers: Set<() => void>
  /** Whether the form stands in the page itself, within reach of the page's scripts. */
  readonly inPage?: boolean | undefined
  /** Loads the step that asks for the code from a message. */
  loadVerification(): Promise<VerificationStepComponent>
  /** Loads the list that helps to type a region or a city; without it, or when it rejects, these are plain lines. */
  readonly loadPlaceList?: (() => Promise<PlaceListComponent>) | undefined
}
