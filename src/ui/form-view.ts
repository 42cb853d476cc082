import type { FormDefinition } from '../form/definition.ts'
import type { Texts } from '../i18n/texts.ts'
import type { FormModel } from '../state/form-model.ts'

/** What every component of a form is given. */
export interface FormView {
  readonly model: InstanceType<typeof FormModel>
  readonly definition: FormDefinition
  readonly texts: Texts
  /** Makes ids unique among the forms of a page. */
  readonly uid: string
  /** Reads every input anew: some browsers fill fields in without an event. */
  readonly readers: Set<() => void>
}
