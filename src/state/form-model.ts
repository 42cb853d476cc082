import { composites } from '../fields/composites.ts'
import type { ResolvedField } from '../form/expand-definition.ts'
import { computed, createModel, signal } from '@preact/signals-core'
import { type CompositeValue, type FieldName, fieldOf } from '../fields/fields.ts'
import type { FormDefinition } from '../form/definition.ts'
import type { LeadValues } from '../lead/values.ts'
import { createActionsLoader } from './actions-loader.ts'
import { createFieldModels, setFieldText, setValues } from './field-models.ts'
import { ConsentsModel } from './consents-model.ts'
import type { ActionsSource, FormActions } from './form-actions.ts'
import type { FormPorts } from './form-ports.ts'
import type { FocusRequest, IssueTarget } from './form-status.ts'
import { createNameInput } from './name-line.ts'
import { SubmissionModel } from './submission-model.ts'
import { createTransfer } from './transfer-state.ts'

/** The state of one form: what was entered, which step is shown, and what has become of the lead. */
export const FormModel = createModel((definition: FormDefinition, ports: FormPorts & ActionsSource) => {
  const { fields, models, steps, values, lazyValues, nameLine } = createFieldModels(definition)
  const consents = new ConsentsModel(definition.consents, () => ports.now())

  const position = signal(0)
  const focusRequest = signal<FocusRequest>({ target: 'heading', name: '', sequence: 0 })
  /** What was to be corrected when the person last tried to leave the step. */
  const reviewed = signal<readonly IssueTarget[] | undefined>(undefined)

  const submission = new SubmissionModel(ports)
  const { status, alert, isEditable, touch } = submission

  const index = computed(() => Math.min(position.value, steps.value.length - 1))
  const step = computed(() => steps.value[index.value])
  const isLast = computed(() => index.value === steps.value.length - 1)
  /** The step that asks for the consents. */
  const consentsIndex = computed(() => {
    const at = steps.value.findIndex(({ id }) => id === definition.consentsAt)
    return at < 0 ? steps.value.length - 1 : at
  })
  const asksConsents = computed(() => index.value === consentsIndex.value)

  const issueCount = computed(() => {
    if (!reviewed.value) return 0
    const messages = step.value?.fields.map(({ name }) => models.get(name)?.message.value) ?? []
    const missing = asksConsents.value ? consents.missing.value.size : 0
    return messages.filter((message) => message && !message.warning).length + missing
  })

  const { findActions, act, review, isWaiting, ...loading } = createActionsLoader(ports, alert, () => ({
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
  }))

  function requestFocus(target: FocusRequest['target'], name = ''): void {
    const shown = nameLine.holds(name) ? 'fullName' : name
    focusRequest.value = { target, name: shown, sequence: focusRequest.value.sequence + 1 }
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
    reviewed.value = undefined
    submission.clearAlert()
    showStep(to)
    requestFocus('heading')
  }

  function clear(isReset = true): void {
    for (const model of models.values()) model.clear()
    consents.clear()
    submission.clear(isReset)
    nameLine.clear()
    reviewed.value = undefined
  }

  function type(name: FieldName, text: string): void {
    const model = models.get(name)
    const field = fields.get(name)
    // While a lead is being sent, the form shows what was sent.
    if (!model || !field || model.entered.value === text || !isEditable.value) return
    touch()
    setFieldText(models, name, text)
    if (status.value === 'failed') status.value = 'filling'
    // While the person types, an incomplete value is no error yet, but a corrected one no longer is.
    refresh(field)
    refreshGender(name)
  }

  function refresh(field: ResolvedField): void {
    if (models.get(field.name)?.message.value) findActions()?.refreshMessage(field)
  }

  /** A gender that follows from a name needs no choice. */
  function refreshGender(changed: FieldName): void {
    const gender = fields.get('gender')
    if (gender && composites.fullName.some(({ name }) => name === changed)) refresh(gender)
  }

  function leave(name: FieldName): void {
    const model = models.get(name)
    const field = fields.get(name)
    if (!model || !field) return
    model.normalize()
    // An empty field is not reported before the person tries to leave the step.
    if (model.parsed.value !== undefined || model.message.value) review((loaded) => loaded.review(field))
    refreshGender(name)
  }

  return {
    /** The visible steps. The list stays the same object while the same fields are visible. */
    steps,
    /** The valid values of the visible fields. They are computed when they are read. */
    values,
    index,
    step,
    isLast,
    /** Whether the step asks for the consents. */
    asksConsents,
    status,
    alert,
    focusRequest,
    issueCount,
    isEditable,
    isSending: submission.isSending,
    /** The lead is sent again by itself, as the form says. */
    repetition: submission.repetition,
    isWaiting,
    touched: submission.touched,
    /** How often the form was cleared. */
    clears: submission.clears,
    consents,
    pendingCode: submission.pendingCode,
    codeMessage: submission.codeMessage,
    clearCodeMessage: submission.clearCodeMessage,
    fields: Object.fromEntries(models),

    /** The person types. A message that no longer applies disappears. */
    type,

    /** The whole name, where one input takes it. */
    nameLine,

    /** The person types the whole name. It is split when its field is left. */
    typeName: createNameInput(nameLine, type),

    /** The person leaves the field of the whole name, which is split. */
    leaveName() {
      // One word is not the whole name yet.
      if (nameLine.text.peek().trim().includes(' ')) review((loaded) => loaded.splitNameLine())
    },

    /** What was to be corrected when the person last tried to leave the step. */
    reviewed,

    /** The person leaves a field. Its text is normalized and reviewed. */
    leave,

    /** The person makes a choice, which is reviewed immediately. */
    choose(name: FieldName, text: string) {
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
      // What was stored under a consent is withdrawn with it, also before anything else is done in this form.
      findActions()
      consents.tick(id, ticked)
      if (ticked) ports.onEvent({ type: 'consent', id })
    },

    /**
     * Sets values as a program does, and returns the names of those that no field accepted. A whole name is typed into its
     * one input: it is split when the person leaves it or goes on, and confirmed where that is uncertain. Only a text that is
     * not blank is a name.
     */
    setValues(candidates: LeadValues): readonly string[] {
      const { fullName }: CompositeValue = candidates
      const isLine = typeof fullName === 'string' && /\S/.test(fullName) && nameLine.holds('lastName')
      if (isLine) createNameInput(nameLine, (name, text) => models.get(name)?.setText(text))(fullName)
      if (candidates['lastName'] !== undefined) nameLine.setUnsplit(false)
      return setValues(models, candidates).filter((name) => !isLine || name !== 'fullName')
    },

    ...createTransfer({ ports, models, steps, step, position, consents, submission, nameLine }),

    /** Tells the person that the form has changed since the page was opened. */
    showChanged() {
      alert.value = { kind: 'changed' }
      requestFocus('message')
    },

    next: () =>
      act(({ validateStep, nextStep }) => {
        if (isEditable.value && validateStep(index.value) && !isLast.value) move(nextStep())
      }),

    back() {
      if (isEditable.value && index.value > 0) move(index.value - 1)
    },

    goTo: (id: string) =>
      act(() => {
        const to = steps.value.findIndex((candidate) => candidate.id === id)
        if (to >= 0 && isEditable.value) move(to)
      }),

    /** Reviews every step and sends the lead. Does nothing while a request is open. */
    async submit() {
      let sent: Promise<void> | undefined
      act(({ validateStep, sending }) => {
        if (isEditable.value && steps.value.every((_, at) => validateStep(at))) sent = sending.send()
      })
      await sent
    },

    /** Sends the code that the person entered: see {@link FormActions}. */
    async confirm(...code: Parameters<FormActions['sending']['confirm']>) {
      await loading.actions()?.sending.confirm(...code)
    },

    giveUp: () => loading.actions()?.sending.giveUp(),

    /** Does something about a lead that was sent before this form was there. */
    recover: (action: (sending: FormActions['sending']) => void) => act(({ sending }) => action(sending)),

    /** The actions, once they have come. */
    actions: loading.actions,

    /** Goes back from the code to the phone. All answers are kept. */
    changePhone() {
      if (!loading.actions()?.sending.reopen()) return
      showStep(steps.value.findIndex((one) => one.fields.some(({ name }) => name === 'phone')))
      requestFocus('field', 'phone')
    },

    /** Clears the form and begins a new lead, without the focus if nobody is in the form. */
    reset(isQuiet = false) {
      clear()
      position.value = 0
      status.value = 'filling'
      if (!isQuiet) requestFocus('heading')
    },

    /** Clears the form. What the person has sent still goes out; answers to it are ignored. */
    destroy() {
      loading.destroy()
      clear(false)
    },
  }
})

/** See {@link FormModel}. */
export type FormModel = InstanceType<typeof FormModel>
