import type { FunctionComponent, RefObject } from 'preact'
import type { PlaceFields } from '../fields/place/place-fields.ts'
import type { FormDefinition } from '../form/definition.ts'
import type { ResolvedField } from '../form/expand-definition.ts'
import type { FormTexts } from '../i18n/texts.ts'
import type { FieldModel } from '../state/field-model.ts'
import type { FormModel } from '../state/form-model.ts'
import type { FormStatus } from '../state/form-status.ts'
import type { TextElement } from './input/bind-text.ts'

/** What every component of a form is given. */
export interface FormView {
  readonly model: FormModel
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

/** What the component of a field is given. */
export interface FieldProps {
  readonly view: FormView
  readonly request: ResolvedField
  readonly field: FieldModel
}

/** What the list of places is given. */
export interface PlaceListProps extends FieldProps {
  readonly input: RefObject<TextElement | null>
  /** The input's id. */
  readonly id: string
  readonly label: string
  readonly place: PlaceFields
}

/** See `createPlaceList`. */
export type PlaceListComponent = FunctionComponent<PlaceListProps>

/** What the step of the verification is given; its heading stands above it. */
export interface VerificationStepProps {
  readonly view: FormView
  readonly status: FormStatus
}

/** See `createVerificationStep`. */
export type VerificationStepComponent = FunctionComponent<VerificationStepProps>
