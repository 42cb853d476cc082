import { batch, type ReadonlySignal, type Signal } from '@preact/signals-core'
import { type FieldName, fieldOf, kindOf } from '../fields/fields.ts'
import type { FormDefinition } from '../form/definition.ts'
import type { ResolvedField, ResolvedStep } from '../form/expand-definition.ts'
import { splitName } from '../fields/text/split-name.ts'
import { hasDoubts } from '../fields/doubted-kinds.ts'
import { ruleContext } from '../form/validate.ts'
import { moscowDate } from '../lead/calendar-date.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { LeadValues } from '../lead/values.ts'
import { stringifyJson } from '../lead/stringify-json.ts'
import { keepAnswers } from './collect-lead.ts'
import type { ConsentsModel } from './consents-model.ts'
import type { FieldMessage, FieldModel } from './field-model.ts'
import { assignIssuesToFields, findFieldMessage, isErrorMessage } from './field-messages.ts'
import type { ActionPorts, FollowUp } from './form-ports.ts'
import type { NameLine } from './name-line.ts'
import { type FocusRequest, isFinalOutcome, type IssueTarget } from './form-status.ts'
import { type IssueOrigin, SendingModel } from './sending-model.ts'
import type { SubmissionModel } from './submission-model.ts'

/** What the actions of a form work on. */
export interface FormContext {
  readonly definition: FormDefinition
  readonly models: ReadonlyMap<FieldName, FieldModel>
  readonly steps: ReadonlySignal<readonly ResolvedStep[]>
  readonly index: ReadonlySignal<number>
  readonly consentsIndex: ReadonlySignal<number>
  readonly values: ReadonlySignal<LeadValues>
  readonly lazyValues: LeadValues
  readonly consents: ConsentsModel
  readonly submission: SubmissionModel
  /** What was to be corrected when the person last tried to leave the step. */
  readonly reviewed: Signal<readonly IssueTarget[] | undefined>
  readonly nameLine: NameLine
  clear(): void
  leave(name: FieldName): void
  showStep(at: number): void
  requestFocus(target: FocusRequest['target'], name?: string): void
}

/**
 * What a form does after a person has filled in something: reviewing it, and sending it. Its code is loaded after the first
 * step is shown.
 */
export interface FormActions {
  /** Shows the message of a field, or removes it; true if it is an error. */
  review(field: ResolvedField): boolean
  /** Whether a field has nothing to be corrected. */
  isValid(field: ResolvedField): boolean
  /** Splits the whole name in its one input into parts, which get inputs of their own if they are not certain: then true. */
  splitNameLine(): boolean
  /** Removes the message of a field if it no longer applies. */
  refreshMessage(field: ResolvedField): void
  /** Reviews a step; true if nothing is to be corrected. Otherwise shows the step and focuses the first issue. */
  validateStep(at: number): boolean
  /** The index of the step that follows: after a change that a review has led to, the first one to fill in, or the review. */
  nextStep(): number
  /** Goes from a review to a field, until the next step is asked for. */
  change(name: FieldName): void
  /** Sends the lead, and what follows from it. */
  readonly sending: SendingModel
  /** What follows the outcome that is shown. */
  followUp(): FollowUp | undefined
  /** Begins another lead with the answers of the last one, where its outcome allows that. Nothing is ticked. */
  again(): void
  /** Forgets the answers that were kept for another lead. */
  forget(): void
}

/** Where a form has its actions from. */
export interface ActionsSource {
  /** Creates the actions; `undefined` until their code is loaded. */
  createActions(context: FormContext): FormActions | undefined
  /** Loads their code. Rejects if that fails; the next call tries again. */
  loadActions(): Promise<unknown>
}

const nameParts = ['lastName', 'firstName', 'middleName'] as const

/** Creates the actions of a form. */
export function createFormActions(
  {
    definition,
    models,
    steps,
    index,
    consentsIndex,
    values,
    lazyValues,
    consents,
    submission,
    reviewed,
    nameLine,
    clear,
    leave,
    showStep,
    requestFocus,
  }: FormContext,
  ports: ActionPorts,
): FormActions {
  const { status, alert } = submission

  function findMessage(field: ResolvedField): FieldMessage | undefined {
    const model = models.get(field.name)
    const context = ruleContext(definition, moscowDate(ports.now()))
    if (nameLine.holds(field.name) && nameLine.isUnsplit.peek()) return undefined
    const found = (model && findFieldMessage(field, model, lazyValues, context)) ?? findPairMessage(field)
    if (!ports.validate || (found && !found.warning)) return found
    const message = ports.validate(field.name, model?.value.value, () => values.value)
    return message === undefined ? found : { message }
  }

  /** Two words are a surname and a name: who has a patronymic can still add it. */
  function findPairMessage({ name }: ResolvedField): FieldMessage | undefined {
    const isPair = name === 'lastName' && nameLine.holds(name) && models.get('noMiddleName')?.value.peek()
    return isPair ? { code: 'name-two-words', warning: true } : undefined
  }

  function review(field: ResolvedField): boolean {
    // One message says that the whole name is missing.
    const isQuiet = nameLine.holds(field.name) && field.name !== 'lastName' && nameLine.text.peek() === ''
    const found = isQuiet ? undefined : findMessage(field)
    const model = models.get(field.name)
    if (model) {
      model.message.value = found
      model.isConfirmed.value = !found && model.value.peek() !== undefined && hasDoubts(kindOf(field))
    }
    if (isErrorMessage(found)) addToList(field)
    return isErrorMessage(found)
  }

  /** Adds a field to the list of what is to be corrected, if one is shown: its title counts all of the step. */
  function addToList({ name }: ResolvedField): void {
    const listed = reviewed.peek() ?? []
    const isShown = listed.length > 1 && steps.peek()[index.peek()]?.fields.some((one) => one.name === name)
    if (isShown && listed.every((one) => one.name !== name))
      reviewed.value = [...listed, { target: 'field', name }]
  }

  /** Gives the parts of a name inputs of their own where one of them has to be corrected. */
  function openName(names: readonly string[]): void {
    if (nameLine.text.peek() !== '' && names.some((name) => nameLine.holds(name))) nameLine.open()
  }

  function splitNameLine(): boolean {
    if (!nameLine.isUnsplit.peek()) return false
    const { isCertain, noMiddleName, ...parts } = splitName(nameLine.text.peek())
    batch(() => {
      nameLine.setUnsplit(false)
      for (const name of nameParts) models.get(name)?.setText(parts[name])
      models.get('noMiddleName')?.setText(noMiddleName ? 'да' : '')
      if (!isCertain) nameLine.open()
      for (const name of nameParts) leave(name)
      openName(nameParts.filter((name) => isErrorMessage(models.get(name)?.message.peek())))
    })
    return nameLine.isOpen.peek()
  }

  function validateStep(at: number): boolean {
    const current = steps.value[at]
    if (!current) return true
    if (current.fields.some(({ name }) => nameLine.holds(name)) && splitNameLine()) {
      // What is in the parts is only a proposal, and the person has not seen it.
      showStep(at)
      requestFocus('field', 'lastName')
      return false
    }
    const invalid = (steps.value[at] ?? current).fields.filter(review)
    openName(invalid.map(({ name }) => name))
    const missing = at === consentsIndex.value ? consents.review() : []
    const [field] = invalid
    const [consent] = missing
    reviewed.value = [
      ...invalid.map(({ name }) => ({ target: 'field', name }) as const),
      ...missing.map((name) => ({ target: 'consent', name }) as const),
    ]
    if (!field && consent === undefined) return true
    const codes = invalid.map(({ name }) => models.get(name)?.message.value?.code ?? '')
    ports.onEvent({
      type: 'issues',
      step: current.id,
      codes: [...codes, ...missing.map(() => 'consent-required')],
    })
    showStep(at)
    if (field) requestFocus('field', field.name)
    else requestFocus('consent', consent)
    return false
  }

  function showIssues(issues: readonly FieldIssue[], origin: IssueOrigin): void {
    const { assigned, unassigned } = assignIssuesToFields(issues, steps.value)
    for (const { name, message } of assigned) {
      const model = models.get(name)
      if (model) model.message.value = message
    }
    const [first] = [...assigned].sort((one, other) => one.step - other.step)
    const codes = issues.map(({ code }) => code ?? origin)
    ports.onEvent({ type: 'issues', step: steps.value[first?.step ?? index.value]?.id ?? '', codes })
    openName(assigned.map(({ name }) => name))
    reviewed.value = assigned
      .filter(({ step }) => step === first?.step)
      .map(({ name }) => ({ target: 'field', name }))
    // The relay requires a field that the form does not have, so the page may have an older definition.
    const outdated = unassigned.filter(({ code }) => code !== undefined)
    if (outdated.length > 0) ports.onOutdated(outdated.map(({ field }) => field))
    const unknown = unassigned.filter(({ field }) => origin === 'page' && field)
    if (unknown.length > 0) ports.onUnknownFields(unknown.map(({ field }) => field))
    const texts = unassigned.flatMap(({ message, code }) => (message === undefined || code ? [] : [message]))
    alert.value = texts.length > 0 ? { kind: origin, text: texts.join('. ') } : undefined
    if (!first && !alert.value) {
      status.value = 'failed'
      alert.value = { kind: 'failed', code: 'unplaced' }
      ports.onEvent({ type: 'error', code: 'unplaced' })
    }
    if (!first) return requestFocus('message')
    showStep(first.step)
    requestFocus('field', first.name)
  }

  let enterKept: (() => void) | undefined
  let followUp: FollowUp | undefined

  /** Whether the person may begin again after the outcome. */
  function mayBeginAgain(): boolean {
    const { value } = status
    return isFinalOutcome(value) && value !== 'verification' && definition.after?.[value]?.again === true
  }

  /** The review that the person comes back to, and the lead that it is about, if the person has begun one. */
  let returnTo: { readonly id: string; readonly lead: string | undefined } | undefined
  const leadId = (): string | undefined => submission.startedLead()?.identity.id

  const sending = new SendingModel(submission, {
    ...ports,
    onEvent(event) {
      if (event.type === 'outcome' && ports.followOutcome) followUp = ports.followOutcome(event)
      else ports.onEvent(event)
    },
    answers: () => ({ values: values.value, consents: consents.states() }),
    shownAnswers() {
      const given = [...models].map(([name, { value }]) =>
        fieldOf(name).kind.control === 'hidden' ? '' : (value.value ?? ''),
      )
      return stringifyJson([given, Object.values(consents.accepted).map((accepted) => accepted.value ?? '')])
    },
    showIssues: (issues, origin) => batch(() => showIssues(issues, origin)),
    clearForm() {
      if (mayBeginAgain()) enterKept = keepAnswers(models, steps.peek())
      clear()
    },
    requestFocus,
  })

  return {
    review,
    splitNameLine,
    isValid: (field) => !isErrorMessage(findMessage(field)),
    refreshMessage: (field) => models.get(field.name)?.refreshMessage(findMessage(field)),
    validateStep,
    nextStep() {
      const next = index.value + 1
      const end = steps.value.findIndex(
        ({ id }) => id === returnTo?.id && (returnTo.lead ?? leadId()) === leadId(),
      )
      // What was changed may have made other steps visible.
      const open = steps.value.findIndex(
        ({ fields }, at) =>
          at >= next && at < end && fields.some((field) => isErrorMessage(findMessage(field))),
      )
      if (open >= 0) return open
      returnTo = undefined
      return Math.max(next, end)
    },
    change(name) {
      const at = steps.value.findIndex(({ fields }) => fields.some((field) => field.name === name))
      if (at < 0 || !submission.isEditable.value) return
      returnTo = { id: steps.value[index.value]?.id ?? '', lead: leadId() }
      batch(() => {
        reviewed.value = undefined
        submission.clearAlert()
        showStep(at)
        requestFocus('field', name)
      })
    },
    sending,
    followUp: () => followUp,
    again() {
      if (!mayBeginAgain()) return
      followUp?.stay()
      batch(() => {
        enterKept?.()
        enterKept = undefined
        status.value = 'filling'
        showStep(0)
        requestFocus('heading')
      })
    },
    forget() {
      enterKept = undefined
    },
  }
}
