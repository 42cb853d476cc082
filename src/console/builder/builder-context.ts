import type { ReadonlySignal, Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { FormDestination } from '../../relay/http/admin/forms/form-answers.ts'
import type { ConsoleLanguage } from '../access/preferences.ts'
import type { BuilderModel } from './model/builder-model.ts'
import type { DraftLooks } from './model/draft.ts'
import type { BuilderTexts } from './texts/builder-ru.ts'

/** What the parts of a builder work with. */
export interface BuilderTools {
  readonly model: BuilderModel
  readonly texts: ReadonlySignal<BuilderTexts>
  readonly language: ReadonlySignal<ConsoleLanguage>
  /** Address of the relay, with `/` at its end; a page without one has an example. */
  readonly relay: string
  /** The form's entry in the configuration of a relay. */
  readonly entry?: Readonly<Record<string, unknown>> | undefined
  /** The destinations of the form. Without a relay there are none to know of. */
  readonly destinations?: readonly FormDestination[] | undefined
  /** Whether the operator and the policy belong to the configuration of a relay. */
  readonly isConfigured: boolean
  /** Whether the looks are saved with the form, so that pages get them from the relay. */
  readonly savesLooks: boolean
  /** Looks of the saved form that pages do not get. They are not part of the draft until somebody takes them. */
  readonly unservedLooks: Signal<DraftLooks | undefined>
  /** The colours that the preview shows, by the names of their properties, as a browser computes them. */
  readonly shownColors: Signal<Readonly<Record<string, string>>>
  /** The row that gets the focus when it is in its new place, and its button. */
  readonly focusAfter: Signal<{ readonly row: string; readonly action: string } | undefined>
  /** What was said last, for screen readers. */
  readonly announcement: ReadonlySignal<string>
  announce(text: string): void
}

/** Gives the builder to its parts. */
export const BuilderProvider = createContext<BuilderTools | undefined>(undefined)

/** The builder, for its parts. */
export function useBuilder(): BuilderTools {
  const tools = useContext(BuilderProvider)
  if (!tools) throw new Error('useBuilder: expected to be called inside of a builder')
  return tools
}
