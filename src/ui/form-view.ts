import type { FunctionComponent, RefObject } from 'preact'
import type { PlaceFields } from '../fields/place/place-fields.ts'
import type { FormDefinition } from '../form/definition.ts'
import type { ResolvedField } from '../form/expand-definition.ts'
import type { FormTexts } from '../i18n/texts.ts'
import type { FieldModel } from '../state/field-model.ts'
import type { FormModel } from '../state/form-model.ts'
import type { FormStatus } from '../state/form-status.ts'
import type { TextElement } from './input/bind-text.ts'
import type { LiveRegion } from './live-region.ts'

/** What every component of a form needs. */
export interface FormView {
  readonly model: FormModel
  readonly definition: FormDefinition
  readonly texts: FormTexts
  /** Prefix of DOM ids, unique among the forms of a page. */
  readonly uid: string
  readonly live: LiveRegion
  /** Functions that read an input again, because some browsers fill in fields without an event. */
  readonly readers: Set<() => void>
  /** Whether the form is rendered in the page itself, so that the scripts of the page can reach it. */
  readonly inPage?: boolean | undefined
  /** Loads the step that asks for the code from an SMS. */
  loadVerification(): Promise<VerificationStepComponent>
  /** Loads the list of regions and cities. Without it, or if it rejects, these fields are plain inputs. */
  readonly loadPlaceList?: (() => Promise<PlaceListComponent>) | undefined
}

/** Properties of a field's component. */
export interface FieldProps {
  readonly view: FormView
  readonly field: ResolvedField
  readonly model: FieldModel
}

/** Properties of the list of places. */
export interface PlaceListProps extends FieldProps {
  readonly input: RefObject<TextElement | null>
  /** The input's id. */
  readonly id: string
  readonly label: string
  readonly place: PlaceFields
}

/** See `createPlaceList`. */
export type PlaceListComponent = FunctionComponent<PlaceListProps>

/** Properties of the step that asks for a code. The heading is rendered above it. */
export interface VerificationStepProps {
  readonly view: FormView
  readonly status: FormStatus
}

/** See `createVerificationStep`. */
export type VerificationStepComponent = FunctionComponent<VerificationStepProps>
