import { computed, createModel, signal } from '@preact/signals-core'
import { type FieldName, fieldOf } from '../fields/fields.ts'
import { guessGender } from '../fields/kinds/choice.ts'
import { dependentCodes } from '../fields/place/place-fields.ts'
import { ruleContext } from '../form/validate.ts'
import type { FormDefinition } from '../form/definition.ts'
import type { ResolvedField } from '../form/expand-definition.ts'
import { moscowDate } from '../lead/calendar-date.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { LeadValues } from '../lead/values.ts'
import { createFieldModels, setValues } from './field-models.ts'
import { ConsentsModel } from './consents-model.ts'
import { type FieldMessage, findFieldMessage } from './field-model.ts'
import type { FormPorts } from './form-ports.ts'
import type { FocusRequest } from './form-status.ts'
import { assignIssuesToFields } from './assign-issues-to-fields.ts'
import { SubmissionModel } from './submission-model.ts'
import { createTransfer } from './transfer-state.ts'

/** The state of one form: what was entered, where the person is, what became of it. */
export const FormModel = createModel((definition: FormDefinition, ports: FormPorts) => {
  const { fields, models, flow } = createFieldModels(definition)
  const consents = new ConsentsModel(definition.consents, () => ports.now())

  const position = signal(0)
  const focusRequest = signal<FocusRequest>({ target: 'heading', name: '', sequence: 0 })
  /** Whether the step was tried to be left, so that the number of its issues is told. */
  const reviewed = signal(false)

  let guessedGender: string | undefined = ''

  const submission = new SubmissionModel({
    ...ports,
    answers: () => ({ values: flow.value.values, consents: consents.states() }),
    showIssues,
    clearForm: clear,
    requestFocus,
  })
  const { status, alert, isEditable, touch } = submission

  const index = computed(() => Math.min(position.value, flow.value.steps.length - 1))
  const step = computed(() => flow.value.steps[index.value])
  const isLast = computed(() => index.value === flow.value.steps.length - 1)

  const issueCount = computed(() => {
    if (!reviewed.value) return 0
    const remarks = step.value?.fields.map(({ name }) => models.get(name)?.message.value) ?? []
    const missing = isLast.value ? consents.missing.value.size : 0
    return remarks.filter((remark) => remark && !remark.warning).length + missing
  })

  function check(field: ResolvedField): FieldMessage | undefined {
    const model = models.get(field.name)
    const context = ruleContext(definition, moscowDate(ports.now()))
    return model && findFieldMessage(field, model, flow.value.values, context)
  }

  /** Shows a field's remark as it stands now; true when it blocks. */
  function review(field: ResolvedField): boolean {
    const found = check(field)
    const model = models.get(field.name)
    if (model) model.message.value = found
    return found !== undefined && !found.warning
  }

  function requestFocus(target: FocusRequest['target'], name = ''): void {
    focusRequest.value = { target, name, sequence: focusRequest.value.sequence + 1 }
  }

  /** Reviews a step; attention goes to the first thing to correct. */
  function passes(at: number): boolean {
    const current = flow.value.steps[at]
    if (!current) return true
    const wrong = current.fields.filter(review)
    const missing = at === flow.value.steps.length - 1 ? consents.review() : []
    const [field] = wrong
    const [consent] = missing
    reviewed.value = true
    if (!field && consent === undefined) return true
    const codes = wrong.map(({ name }) => models.get(name)?.message.value?.code ?? '')
    ports.onEvent({
      type: 'issues',
      step: current.id,
      codes: [...codes, ...missing.map(() => 'consent-required')],
    })
    show(at)
    if (field) requestFocus('field', field.name)
    else requestFocus('consent', consent)
    return false
  }

  /** Shows a step, and tells so when it is another one. */
  function show(at: number): void {
    const direction = at < index.value ? 'back' : 'forward'
    if (at === index.value || at < 0) return
    position.value = at
    const { steps } = flow.value
    ports.onEvent({ type: 'step', id: steps[at]?.id ?? '', index: at, total: steps.length, direction })
  }

  function move(to: number): void {
    reviewed.value = false
    alert.value = undefined
    if (status.value === 'failed') status.value = 'filling'
    show(to)
    requestFocus('heading')
  }

  function showIssues(issues: readonly FieldIssue[]): void {
    const { assigned, unassigned } = assignIssuesToFields(issues, flow.value.steps)
    for (const { name, message } of assigned) {
      const model = models.get(name)
      if (model) model.message.value = message
    }
    const [first] = [...assigned].sort((one, other) => one.step - other.step)
    const codes = issues.map(({ code }) => code ?? 'provider')
    ports.onEvent({ type: 'issues', step: flow.value.steps[first?.step ?? index.value]?.id ?? '', codes })
    reviewed.value = true
    // What the relay itself misses and the form does not show: the page has an older form than the relay.
    if (unassigned.some(({ code }) => code !== undefined)) ports.onOutdated()
    const words = unassigned.flatMap(({ message, code }) => (message === undefined || code ? [] : [message]))
    if (words.length > 0) alert.value = { kind: 'provider', text: words.join('. ') }
    else alert.value = first ? undefined : { kind: 'failed', code: 'unplaced' }
    if (!first) return requestFocus('message')
    show(first.step)
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
    // What is on its way is what was sent; the page takes no more until the answer is here.
    if (!model || !field || model.text.value === text || !isEditable()) return
    touch()
    model.text.value = text
    // Codes from a place list tell of the place that was chosen, not of one that is typed over it.
    for (const code of dependentCodes(name)) models.get(code)?.setText('')
    if (status.value === 'failed') status.value = 'filling'
    // While one types on, a value that is not complete yet is no news; what is mended is.
    if (model.message.value) model.refreshMessage(check(field))
  }

  function leave(name: FieldName): void {
    const model = models.get(name)
    const field = fields.get(name)
    if (!model || !field) return
    model.normalize()
    // An empty field is not scolded for before the step is to be left.
    if (model.read.value !== undefined || model.message.value) review(field)
    // A guess follows the patronymic; what a person chose or a program set stays.
    if (name === 'middleName' && models.get('gender')?.text.value === guessedGender)
      type('gender', (guessedGender = guessGender(model.text.value) ?? ''))
  }

  return {
    flow,
    index,
    step,
    isLast,
    status,
    alert,
    focusRequest,
    issueCount,
    touched: submission.touched,
    consents,
    /** What is asked of the person who got a code: see the submission. */
    pendingCode: submission.pendingCode,
    codeMessage: submission.codeMessage,
    clearCodeMessage: submission.clearCodeMessage,
    fields: Object.fromEntries(models),

    /** What a person types. A remark that is shown goes as soon as it is mended. */
    type,

    /** The person leaves a field: what was typed is tidied and reviewed. */
    leave,

    /** The person makes a choice, which is complete at once. */
    choose(name: FieldName, text: string) {
      if (name === 'gender') guessedGender = undefined
      type(name, text)
      leave(name)
    },

    /** The person chooses from a list what fills several fields at once; an empty text empties one. */
    fill(texts: Readonly<Record<string, string>>) {
      const before = status.value
      for (const [name, model] of models) {
        const text = texts[name]
        if (text === undefined) continue
        type(name, text)
        // Nobody could mend a code that is none.
        if (fieldOf(name).kind.control === 'hidden' && !model.value.value) model.setText('')
        leave(name)
      }
      // A list that answers late does not take the offer back to send once more.
      if (before === 'failed') status.value = before
    },

    /** The person takes what was suggested. */
    acceptSuggestion(name: FieldName, suggestion: string) {
      type(name, suggestion)
      leave(name)
      requestFocus('field', name)
    },

    /** The person ticks or unticks a consent. */
    tick(id: string, ticked: boolean) {
      if (!isEditable()) return
      touch()
      consents.tick(id, ticked)
      if (ticked) ports.onEvent({ type: 'consent', id })
    },

    /** Puts values in, as a program does; returns the names of those that no field took. */
    setValues: (values: LeadValues): readonly string[] => setValues(models, values),

    ...createTransfer({ ports, models, flow, step, position, consents, submission }),

    /** Tells the person that the form has changed since the page was opened. */
    showChanged() {
      alert.value = { kind: 'changed' }
      requestFocus('message')
    },

    next() {
      if (!isEditable() || !passes(index.value) || isLast.value) return
      move(index.value + 1)
    },

    back() {
      if (isEditable() && index.value > 0) move(index.value - 1)
    },

    goTo(id: string) {
      const to = flow.value.steps.findIndex((candidate) => candidate.id === id)
      if (to >= 0 && isEditable()) move(to)
    },

    /** Reviews every step and sends the lead. A call while one is on its way does nothing. */
    async submit() {
      if (!isEditable()) return
      for (let at = 0; at < flow.value.steps.length; at += 1) {
        if (!passes(at)) return
      }
      await submission.send()
    },

    confirm: submission.confirm,
    giveUp: submission.giveUp,

    /** Goes back from the code to the phone, with all that was entered. */
    changePhone() {
      if (!submission.reopen()) return
      show(flow.value.steps.findIndex(({ fields: shown }) => shown.some(({ name }) => name === 'phone')))
      requestFocus('field', 'phone')
    },

    /** Forgets everything and starts again with a new lead. */
    reset() {
      clear()
      position.value = 0
      status.value = 'filling'
      requestFocus('heading')
    },

    /** Forgets everything; answers that are still on their way change nothing any more. */
    destroy() {
      clear()
    },
  }
})

/** See {@link FormModel}. */
export type FormModel = InstanceType<typeof FormModel>
