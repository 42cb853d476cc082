import { createFormActions, type FormActions, type FormContext } from '../../state/form-actions.ts'
import type { FieldText, FormTexts } from '../../i18n/texts.ts'
import type { Receiver } from '../../lead/receiver.ts'
import { russianFor } from '../language/russian.chunk.ts'
import { type ActionPortsOptions, createActionPorts } from './action-ports.ts'

/** Adds to the Russian texts of a form those that its first step does not need. What its relay has sent stays. */
export function completeTexts(texts: FormTexts, receiver: Receiver | undefined): void {
  const all = russianFor(receiver)
  Object.assign(texts, all, {
    fields: completeFieldTexts(all.fields, texts.fields),
    address: completeFieldTexts(all.address, texts.address),
    composites: { ...all.composites, ...texts.composites },
    options: { ...all.options, ...texts.options },
  })
}

type FieldTexts = Readonly<Record<string, FieldText>>

function completeFieldTexts(all: FieldTexts, known: FieldTexts): FieldTexts {
  const completed = Object.entries(all).map(([name, text]) => [name, { ...text, ...known[name] }])
  return { ...known, ...Object.fromEntries(completed) }
}

export { laterViews } from '../../ui/later-views.ts'

/** Creates the actions of a form of the page. Loaded on demand, once a person is in the form. */
export function createPageActions(context: FormContext, options: ActionPortsOptions): FormActions {
  return createFormActions(context, createActionPorts(options))
}
