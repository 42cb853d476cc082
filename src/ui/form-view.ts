import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren, FunctionComponent, RefObject } from 'preact'
import type { PlaceFields } from '../fields/place/place-fields.ts'
import type { SliderRange } from '../fields/slider.ts'
import type { FormDefinition, LoanConditions } from '../form/definition.ts'
import type { ResolvedField } from '../form/expand-definition.ts'
import type { FormTexts } from '../i18n/texts.ts'
import type { FinalOutcome } from '../lead/delivery.ts'
import type { FieldMessage, FieldModel } from '../state/field-model.ts'
import type { FormModel } from '../state/form-model.ts'
import type { FocusRequest, FormStatus } from '../state/form-status.ts'
import type { TextElement } from './input/bind-text.ts'
import type { LiveRegion } from './live-region.ts'

/** What every component of a form needs. */
export interface FormView {
  readonly model: FormModel
  readonly definition: FormDefinition
  readonly texts: FormTexts
  /** The language, which numbers are written in. */
  readonly lang?: string | undefined
  /** Prefix of DOM ids, unique among the forms of a page. */
  readonly uid: string
  readonly live: LiveRegion
  /** Functions that read an input again, because some browsers fill in fields without an event. */
  readonly readers: Set<() => void>
  /** Whether the form is rendered in the page itself, so that the scripts of the page can reach it. */
  readonly inPage?: boolean | undefined
  /** What is shown above the form. */
  readonly notice?: ReadonlySignal<NoticeComponent | undefined>
  /** What is shown above the form about a lead that was sent before the page was loaded. */
  readonly recovery?: ReadonlySignal<NoticeComponent | undefined>
  /** What is shown later; `undefined` until it is loaded, which renders the caller again. */
  laterViews(): LaterViews | undefined
  /** Loads what is shown later. */
  loadLaterViews(): Promise<LaterViews>
  /** Whether the browser seems to have no network. Reading it renders the caller again. */
  readonly isOffline?: (() => boolean) | undefined
  /** Loads the step that asks for the code from an SMS. */
  loadVerification(): Promise<VerificationStepComponent>
  /** What a calculator shows beside its inputs, once it has come. Without it the inputs work alone. */
  readonly calculator?: ReadonlySignal<CalculatorViews | undefined> | undefined
  /** Loads the list of all answers, where the form has a step for it. */
  readonly loadReview?: (() => Promise<ReviewComponent>) | undefined
  /** Loads the lists of places, streets and departments. Without it, or if it rejects, these fields are plain inputs. */
  readonly loadPlaceList?: (() => Promise<PlaceListComponent>) | undefined
}

/** What is shown above a form. */
export type NoticeComponent = FunctionComponent<{ readonly view: FormView }>

/** The parts of a form that are loaded after its first step is shown. */
export interface LaterViews {
  readonly Message: FunctionComponent<MessageProps>
  readonly Offer: FunctionComponent<FieldProps & { readonly message: FieldMessage }>
  readonly IssueSummary: FunctionComponent<{ readonly view: FormView }>
  readonly Result: FunctionComponent<{ readonly view: FormView; readonly outcome: FinalOutcome }>
  readonly VerificationSlot: FunctionComponent<{ readonly view: FormView }>
  readonly ReviewSlot: FunctionComponent<{ readonly view: FormView }>
  readonly ConnectionNotice: FunctionComponent<{ readonly view: FormView }>
  /** Focuses the target of a request and scrolls it into view. */
  applyFocus(root: HTMLElement, request: FocusRequest): void
  /** Keeps the focused field in view. Returns a function that ends it. */
  watchFocus(root: HTMLElement): () => void
}

/** The parts of a calculator that are loaded on demand, into the space that is kept for them. */
export interface CalculatorViews {
  /** The slider of a field, and the buttons of its presets. */
  readonly Slider: FunctionComponent<FieldProps & { readonly range: SliderRange; readonly label: string }>
  /** What the loan costs, in four elements. */
  readonly Costs: FunctionComponent<{ readonly view: FormView; readonly loan: LoanConditions }>
}

/** Properties of an error or a warning. */
export interface MessageProps {
  readonly id: string
  readonly kind: 'error' | 'warning'
  readonly texts: FormTexts
  readonly children?: ComponentChildren
}

/** Properties of a field's component. */
export interface FieldProps {
  readonly view: FormView
  readonly field: ResolvedField
  readonly model: FieldModel
  /** The name of the composite that is shown in one input. The field is then the first of its parts. */
  readonly whole?: 'fullName' | undefined
}

/** Properties of the list of suggestions of a field. */
export interface PlaceListProps extends FieldProps {
  readonly input: RefObject<TextElement | null>
  /** The input's id. */
  readonly id: string
  readonly label: string
  /** The place of which the field is the region or the city; `undefined` for other fields. */
  readonly place: PlaceFields | undefined
}

/** See `createPlaceList`. */
export type PlaceListComponent = FunctionComponent<PlaceListProps>

/** Properties of the step that asks for a code. The heading is rendered above it. */
export interface VerificationStepProps {
  readonly view: FormView
  readonly status: FormStatus
}

/** See `createReview`. */
export type ReviewComponent = FunctionComponent<{ readonly view: FormView }>

/** See `createVerificationStep`. */
export type VerificationStepComponent = FunctionComponent<VerificationStepProps>
