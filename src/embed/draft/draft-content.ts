import { batch } from '@preact/signals-core'
import { composites } from '../../fields/composites.ts'
import { isFieldName } from '../../fields/fields.ts'
import { dependentCodes } from '../../fields/place/place-fields.ts'
import type { LeadIdentity } from '../../lead/lead-identity.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import { parseJson } from '../../providers/core/json.ts'
import type { FormModel } from '../../state/form-model.ts'
import type { TransferState } from '../../state/transfer-state.ts'
import { isKeptField } from './kept-fields.ts'

/** What a draft holds. */
interface DraftContent {
  readonly step?: string
  readonly texts?: object
  /** Whether the surname's text is a whole name that has not been split. */
  readonly isNameUnsplit?: boolean
  /** Whether the parts of the name have inputs of their own: they may be only a proposal, which the person has to see. */
  readonly isNameOpen?: boolean
  readonly lead?: {
    readonly identity: LeadIdentity
    readonly startedAt: string
    readonly submittedAt?: string
  }
}

/**
 * Reads what a draft keeps of a form: the step, and the texts of its fields. A text that is no value is in a list. Of a form
 * that `wasSent` it keeps the lead, too, so that sending it again after a reload makes no second one.
 */
export function readContent({ fields, step, nameLine, exportState }: FormModel, wasSent: boolean): string {
  const texts = Object.entries(fields).flatMap(
    ([
      name,
      {
        entered: { value: text },
        value,
      },
    ]) => (isKeptField(name) && text ? [[name, value.value === undefined ? [text] : text]] : []),
  )
  const lead = wasSent ? exportState().startedLead : undefined
  const isNameUnsplit = nameLine.isUnsplit.value || undefined
  const isNameOpen = nameLine.isOpen.value || undefined
  return stringifyJson({
    step: step.value?.id,
    texts: Object.fromEntries(texts),
    isNameUnsplit,
    isNameOpen,
    lead,
  })
}

/** Whether a draft keeps all that is entered in a form. */
export function isWhollyKept({ fields }: FormModel): boolean {
  return Object.entries(fields).every(([name, { text }]) => isKeptField(name) || !text.peek())
}

/**
 * Restores what fits of a draft. What differs from the state `before`, in which the form was shown, is the person's and
 * stays. Nothing is reviewed. Returns whether it was sent.
 */
export function restoreContent(
  model: FormModel,
  content: string,
  before: TransferState | undefined,
): boolean {
  const {
    step = '',
    texts,
    lead,
    isNameUnsplit = false,
    isNameOpen = false,
  }: DraftContent = Object(parseJson(content))
  const now = model.exportState()
  const changed = [...now.texts].filter(([name, text]) => text !== before?.texts.get(name))
  const own = new Set(changed.flatMap(([name]) => [name, ...dependentCodes(name)]))
  // What the person types as one is not mixed with what another time has left.
  if (changed.some(([name]) => model.nameLine.holds(name)))
    for (const name of [...composites.fullName.map((part) => part.name), 'gender' as const]) own.add(name)
  const restored = Object.entries(texts ?? {}).flatMap(([name, saved]) => {
    const field = model.fields[name]
    return field && isKeptField(name) && isFieldName(name) && !own.has(name) ? [{ name, field, saved }] : []
  })
  batch(() => {
    for (const { name, field, saved } of restored) {
      if (field.text.value === String(saved)) continue
      // A code that the page has given belongs to another text.
      for (const code of dependentCodes(name)) model.fields[code]?.setText('')
    }
    for (const { field, saved } of restored) {
      field.setText(String(saved))
      // Such as a choice that is no longer offered.
      if (typeof saved === 'string' && field.value.value === undefined) field.setText('')
    }
    for (const { name, minimum = -Infinity, maximum = Infinity } of model.steps.value.flatMap(
      (one) => one.fields,
    )) {
      const field = model.fields[name]
      const value = field?.value.value
      if (typeof value === 'number' && !own.has(name) && (value < minimum || value > maximum))
        field?.setText('')
    }
    model.restoreState({
      ...model.exportState(),
      isNameOpen: isNameOpen && !own.has('lastName'),
      isNameUnsplit: own.has('lastName') ? now.isNameUnsplit === true : isNameUnsplit,
      step: now.step === before?.step ? step : now.step,
      startedLead: lead
        ? {
            identity: lead.identity,
            startedAt: new Date(lead.startedAt),
            submittedAt: lead.submittedAt === undefined ? undefined : new Date(lead.submittedAt),
          }
        : now.startedLead,
    })
    model.touched.value = true
  })
  return lead !== undefined
}
