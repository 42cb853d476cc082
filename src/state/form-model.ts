import { computed, createModel, signal } from '@preact/signals-core'
import { type FieldName, fieldOf } from '../fields/fields.ts'
import { guessGender } from '../fields/kinds/choice.ts'
import { ruleContext } from '../form/validate.ts'
import type { FormDefinition } from '../form/definition.ts'
import type { ResolvedField } from '../form/expand-definition.ts'
import { moscowDate } from '../lead/calendar-date.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { LeadValues } from '../lead/values.ts'
import { createFieldModels, setFieldText, setValues } from './field-models.ts'
import { ConsentsModel } from './consents-model.ts'
import { type FieldMessage, findFieldMessage } from './field-model.ts'
import type { FormPorts } from './form-ports.ts'
import type { FocusRequest } from './form-status.ts'
import { assignIssuesToFields } from './assign-issues-to-fields.ts'
import { type IssueOrigin, SubmissionModel } from './submission-model.ts'
import { createTransfer } from './transfer-state.ts'

/** The state of one form: what was entered, which step is shown, and what has become of the lead. */
export const FormModel = createModel((definition: FormDefinition, ports: FormPorts) => {
  const { fields, models, steps, values, lazyValues } = createFieldModels(definition)
  const consents = new ConsentsModel(definition.consents, () => ports.now())

  const position = signal(0)
  const focusRequest = signal<FocusRequest>({ target: 'heading', name: '', sequence: 0 })
  /** Whether the person has tried to leave the step, so that the number of its issues is shown. */
  const reviewed = signal(false)

  let guessedGender: string | undefined = ''

  const submission = new SubmissionModel({
    ...ports,
    answers: () => ({ values: values.value, consents: consents.states() }),
    showIssues,
    clearForm: clear,
    requestFocus,
  })
  const { status, alert, isEditable, touch } = submission

  const index = computed(() => Math.min(position.value, steps.value.length - 1))
  const step = computed(() => steps.value[index.value])
  const isLast = computed(() => index.value === steps.value.length - 1)

  const issueCount = computed(() => {
    if (!reviewed.value) return 0
    const messages = step.value?.fields.map(({ name }) => models.get(name)?.message.value) ?? []
    const missing = isLast.value ? consents.missing.value.size : 0
    return messages.filter((message) => message && !message.warning).length + missing
  })

  function findMessage(field: ResolvedField): FieldMessage | undefined {
    const model = models.get(field.name)
    const context = ruleContext(definition, moscowDate(ports.now()))
    const found = model && findFieldMessage(field, model, lazyValues, context)
    if (!ports.validate || (found && !found.warning)) return found
    const message = ports.validate(field.name, model?.value.value, () => values.value)
    return message === undefined ? found : { message }
  }

  /** Shows the message of a field, or removes it; true if it is an error. */
  function review(field: ResolvedField): boolean {
    const found = findMessage(field)
    const model = models.get(field.name)
    if (model) model.message.value = found
    return found !== undefined && !found.warning
  }

  function requestFocus(target: FocusRequest['target'], name = ''): void {
    focusRequest.value = { target, name, sequence: focusRequest.value.sequence + 1 }
  }

  /** Reviews a step; true if nothing is to be corrected. Otherwise shows the step and focuses the first issue. */
  function validateStep(at: number): boolean {
    const current = steps.value[at]
    if (!current) return true
    const invalid = current.fields.filter(review)
    const missing = at === steps.value.length - 1 ? consents.review() : []
    const [field] = invalid
    const [consent] = missing
    reviewed.value = true
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

  /** Shows a step, and emits an event if it is another one. */
  function showStep(at: number): void {
    const direction = at < index.value ? 'back' : 'forward'
    if (at === index.value || at < 0) return
    position.value = at
    const { length: total, [at]: shown } = steps.value
    ports.onEvent({ type: 'step', id: shown?.id ?? '', index: at, total, direction })
  }

  function move(to: number): void {
    reviewed.value = false
    alert.value = undefined
    if (status.value === 'failed') status.value = 'filling'
    showStep(to)
    requestFocus('heading')
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
    reviewed.value = true
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

  function clear(): void {
    for (const { text, message } of models.values()) {
      text.value = ''
      message.value = undefined
    }
    consents.clear()
    submission.clear()
    reviewed.value = false
    guessedGender = ''
  }

  function type(name: FieldName, text: string): void {
    const model = models.get(name)
    const field = fields.get(name)
    // While a lead is being sent, the form shows what was sent.
    if (!model || !field || model.text.value === text || !isEditable.value) return
    touch()
    setFieldText(models, name, text)
    if (status.value === 'failed') status.value = 'filling'
    // While the person types, an incomplete value is no error yet, but a corrected one no longer is.
    if (model.message.value) model.refreshMessage(findMessage(field))
  }

  function leave(name: FieldName): void {
    const model = models.get(name)
    const field = fields.get(name)
    if (!model || !field) return
    model.normalize()
    // An empty field is not reported before the person tries to leave the step.
    if (model.parsed.value !== undefined || model.message.value) review(field)
    // The gender follows the patronymic, unless a person or a program has chosen one.
    if (name === 'middleName' && models.get('gender')?.text.value === guessedGender)
      type('gender', (guessedGender = guessGender(model.text.value) ?? ''))
  }

  return {
    /** The visible steps. The list stays the same object while the same fields are visible. */
    steps,
    /** The valid values of the visible fields. They are computed when they are read. */
    values,
    index,
    step,
    isLast,
    status,
    alert,
    focusRequest,
    issueCount,
    isEditable,
    isSending: submission.isSending,
    touched: submission.touched,
    consents,
    pendingCode: submission.pendingCode,
    codeMessage: submission.codeMessage,
    clearCodeMessage: submission.clearCodeMessage,
    fields: Object.fromEntries(models),

    /** The person types. A message that no longer applies disappears. */
    type,

    /** The person leaves a field. Its text is normalized and reviewed. */
    leave,

    /** The person makes a choice, which is reviewed immediately. */
    choose(name: FieldName, text: string) {
      if (name === 'gender') guessedGender = undefined
      type(name, text)
      leave(name)
    },

    /** The person chooses from a list, which fills several fields together. An empty text empties a field. */
    fill(texts: Readonly<Record<string, string>>) {
      const before = status.value
      for (const [name, model] of models) {
        const text = texts[name]
        if (text === undefined) continue
        type(name, text)
        // Nobody could correct an invalid code in a hidden field.
        if (fieldOf(name).kind.control === 'hidden' && !model.value.value) model.setText('')
        leave(name)
      }
      // A list that answers late must not remove the offer to send again.
      if (before === 'failed') status.value = before
    },

    /** The person accepts a suggestion. */
    acceptSuggestion(name: FieldName, suggestion: string) {
      type(name, suggestion)
      leave(name)
      requestFocus('field', name)
    },

    /** The person ticks or unticks a consent. */
    tick(id: string, ticked: boolean) {
      if (!isEditable.value) return
      touch()
      consents.tick(id, ticked)
      if (ticked) ports.onEvent({ type: 'consent', id })
    },

    /** Sets values as a program does, and returns the names of those that no field accepted. */
    setValues: (candidates: LeadValues): readonly string[] => setValues(models, candidates),

    ...createTransfer({ ports, models, steps, step, position, consents, submission }),

    /** Tells the person that the form has changed since the page was opened. */
    showChanged() {
      alert.value = { kind: 'changed' }
      requestFocus('message')
    },

    next() {
      if (!isEditable.value || !validateStep(index.value) || isLast.value) return
      move(index.value + 1)
    },

    back() {
      if (isEditable.value && index.value > 0) move(index.value - 1)
    },

    goTo(id: string) {
      const to = steps.value.findIndex((candidate) => candidate.id === id)
      if (to >= 0 && isEditable.value) move(to)
    },

    /** Reviews every step and sends the lead. Does nothing while a request is open. */
    async submit() {
      if (!isEditable.value) return
      for (let at = 0; at < steps.value.length; at += 1) {
        if (!validateStep(at)) return
      }
      await submission.send()
    },

    confirm: submission.confirm,
    giveUp: submission.giveUp,

    /** Goes back from the code to the phone. All answers are kept. */
    changePhone() {
      if (!submission.reopen()) return
      showStep(steps.value.findIndex((one) => one.fields.some(({ name }) => name === 'phone')))
      requestFocus('field', 'phone')
    },

    /** Clears the form and begins a new lead. */
    reset() {
      clear()
      position.value = 0
      status.value = 'filling'
      requestFocus('heading')
    },

    /** Clears the form. Answers to open requests are ignored. */
    destroy() {
      clear()
    },
  }
})

/** See {@link FormModel}. */
export type FormModel = InstanceType<typeof FormModel>
