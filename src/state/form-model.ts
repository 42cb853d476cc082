import { batch, computed, createModel, type ReadonlySignal, signal } from '@preact/signals-core'
import { type FieldName, fieldNameOf, isFieldName, pickValue, spreadValue } from '../fields/fields.ts'
import { checkField, ruleContext } from '../form/check.ts'
import type { FieldRequest, FormDefinition } from '../form/definition.ts'
import { resolveFlow, withImpliedFields } from '../form/flow.ts'
import { moscowDate } from '../lead/calendar-date.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import type { SendResult } from '../lead/send-result.ts'
import type { LeadValues } from '../lead/values.ts'
import { collectLead, formatLocalTime } from './collect-lead.ts'
import { FieldModel } from './field-model.ts'
import type { FormPorts } from './form-ports.ts'
import type { Status } from './status.ts'

/** Where attention goes: a field with something to correct, the step's heading, a message. Counts up to repeat itself. */
export interface Attention {
  readonly target: 'heading' | 'message' | 'field' | 'consent'
  readonly name: string
  readonly turn: number
}

/** The state of one form: what was entered, where the person is, what became of it. */
export const FormModel = createModel((given: FormDefinition, ports: FormPorts) => {
  const definition = withImpliedFields(given)
  const requests = definition.steps.flatMap((step) => step.fields)
  const names = [...new Set(requests.map((field) => field.name))]
  const models = new Map(names.map((name) => [name, new FieldModel(name)]))
  const ticks = new Map(definition.consents.map(({ id }) => [id, signal<string | undefined>(undefined)]))
  const consentIssues = signal<ReadonlySet<string>>(new Set())

  const position = signal(0)
  const status = signal<Status>('filling')
  /** A sentence above the step: a provider's words that belong to no field, or why sending failed. */
  const message = signal<string | undefined>(undefined)
  const attention = signal<Attention>({ target: 'heading', name: '', turn: 0 })
  const issueCount = signal(0)
  const touched = signal(false)

  let identity: LeadIdentity | undefined
  let startedAt: Date | undefined
  let destroyed = false

  const entered = computed(() => {
    let values: LeadValues = {}
    for (const [name, { read }] of models) {
      const result = read.value
      if (result && 'value' in result) values = { ...values, ...spreadValue(name, result.value) }
    }
    return values
  })
  const flow = computed(() => resolveFlow(definition, entered.value))
  const index = computed(() => Math.min(position.value, flow.value.steps.length - 1))
  const step = computed(() => flow.value.steps[index.value])
  const isLast = computed(() => index.value === flow.value.steps.length - 1)

  function model(name: FieldName) {
    return models.get(name)
  }

  function touch(): void {
    if (touched.value) return
    touched.value = true
    identity ??= ports.identify()
    startedAt ??= ports.now()
  }

  function check(field: FieldRequest): (FieldIssue & { warning?: boolean }) | undefined {
    const result = model(field.name)?.read.value
    if (result && 'code' in result) return { field: field.name, code: result.code }
    const context = ruleContext(definition, moscowDate(ports.now()))
    const finding = checkField(field, flow.value.values, context)
    return finding && { field: field.name, ...finding }
  }

  /** Shows a field's remark as it stands now; true when it blocks. */
  function review(field: FieldRequest): boolean {
    const found = check(field)
    const shown = model(field.name)?.remark
    if (shown) shown.value = found
    return found !== undefined && !found.warning
  }

  function attend(target: Attention['target'], name = ''): void {
    attention.value = { target, name, turn: attention.value.turn + 1 }
  }

  /** Reviews a step; attention goes to the first thing to correct. */
  function passes(at: number): boolean {
    const current = flow.value.steps[at]
    if (!current) return true
    const wrong = current.fields.filter(review)
    const missing = at === flow.value.steps.length - 1 ? missingConsents() : []
    consentIssues.value = new Set(missing)
    const [field] = wrong
    const [consent] = missing
    issueCount.value = wrong.length + missing.length
    if (!field && consent === undefined) return true
    ports.onEvent({
      type: 'issues',
      step: current.id,
      codes: [
        ...wrong.map(({ name }) => model(name)?.remark.value?.code ?? ''),
        ...missing.map(() => 'consent-required'),
      ],
    })
    position.value = at
    if (field) attend('field', field.name)
    else attend('consent', consent)
    return false
  }

  function missingConsents(): readonly string[] {
    return definition.consents
      .filter(({ id, required }) => required && !ticks.get(id)?.value)
      .map(({ id }) => id)
  }

  function move(to: number): void {
    const direction = to < index.value ? 'back' : 'forward'
    position.value = to
    issueCount.value = 0
    message.value = undefined
    if (status.value === 'failed') status.value = 'filling'
    attend('heading')
    const { steps } = flow.value
    ports.onEvent({ type: 'step', id: steps[to]?.id ?? '', index: to, total: steps.length, direction })
  }

  function settle(result: SendResult, leadId: string): void {
    if (result.outcome === 'failed') {
      status.value = 'failed'
      message.value = result.message
      attend('message')
      ports.onEvent({ type: 'error', code: result.code })
      return
    }
    if (result.outcome === 'invalid') {
      status.value = 'filling'
      showIssues(result.issues)
    } else {
      status.value = result.outcome
      // Nothing personal stays in the page's memory once the lead has arrived.
      clear()
      attend('heading')
    }
    ports.onEvent({ type: 'outcome', outcome: result.outcome, leadId })
  }

  function showIssues(issues: readonly FieldIssue[]): void {
    const { steps } = flow.value
    const loose: string[] = []
    let first: { at: number; name: FieldName } | undefined
    for (const { field, ...remark } of issues) {
      const name = fieldNameOf(field)
      const at = steps.findIndex((candidate) => candidate.fields.some((asked) => asked.name === name))
      const shown = isFieldName(name) && at >= 0 ? model(name)?.remark : undefined
      if (!shown || !isFieldName(name)) {
        loose.push(remark.message ?? field)
        continue
      }
      shown.value = remark
      if (!first || at < first.at) first = { at, name }
    }
    issueCount.value = issues.length - loose.length
    message.value = loose.length > 0 ? loose.join('. ') : undefined
    if (!first) return attend('message')
    position.value = first.at
    attend('field', first.name)
  }

  function clear(): void {
    for (const { text, remark } of models.values()) {
      text.value = ''
      remark.value = undefined
    }
    for (const tick of ticks.values()) tick.value = undefined
    consentIssues.value = new Set()
    issueCount.value = 0
    message.value = undefined
    touched.value = false
    identity = undefined
    startedAt = undefined
  }

  return {
    flow,
    index,
    step,
    isLast,
    status,
    message,
    attention,
    issueCount,
    touched,
    consentIssues,
    ...readers(),

    /** What a person types. A remark that is shown is kept up to date, so that it goes as soon as it is mended. */
    type(name: FieldName, text: string) {
      const field = model(name)
      if (!field || field.text.value === text) return
      touch()
      field.text.value = text
      if (status.value === 'failed') status.value = 'filling'
      const request = requests.find((asked) => asked.name === name)
      if (field.remark.value && request) {
        // While one types on, a value that is not complete yet is no news; what is mended is.
        if (!check(request)) field.remark.value = undefined
      }
    },

    /** The person leaves a field: what was typed is tidied and reviewed; an empty field is not scolded for yet. */
    leave(name: FieldName) {
      const field = model(name)
      const request = requests.find((asked) => asked.name === name)
      if (!field || !request) return
      field.tidy()
      if (field.read.value !== undefined) review(request)
    },

    /** The person ticks or unticks a consent. Only this does: no option, prefill or reset can tick. */
    tick(id: string, ticked: boolean) {
      const consent = ticks.get(id)
      if (!consent) return
      touch()
      consent.value = ticked ? formatLocalTime(ports.now()) : undefined
      if (ticked) consentIssues.value = new Set([...consentIssues.value].filter((other) => other !== id))
    },

    /** Puts values in, as a program does. */
    setValues(values: LeadValues) {
      for (const [name, field] of models) {
        const value = pickValue(name, values)
        if (value !== undefined) field.setValue(value)
      }
    },

    next() {
      if (status.value === 'sending' || !passes(index.value) || isLast.value) return
      move(index.value + 1)
    },

    back() {
      if (status.value !== 'sending' && index.value > 0) move(index.value - 1)
    },

    goTo(id: string) {
      const to = flow.value.steps.findIndex((candidate) => candidate.id === id)
      if (to >= 0 && status.value !== 'sending') move(to)
    },

    /** Reviews every step and sends the lead. A call while one is on its way does nothing. */
    async submit() {
      if (status.value !== 'filling' && status.value !== 'failed') return
      for (let at = 0; at < flow.value.steps.length; at += 1) {
        if (!passes(at)) return
      }
      // The lock is taken before anything is awaited, so a double click sends once.
      status.value = 'sending'
      message.value = undefined
      identity ??= ports.identify()
      const given = definition.consents.map((consent) => ({
        consent,
        acceptedAt: ticks.get(consent.id)?.value,
      }))
      const lead = await collectLead(identity, flow.value.values, given, startedAt, ports)
      const goesOn = await ports.beforeSubmit(lead)
      const result: SendResult = goesOn ? await ports.send(lead) : { outcome: 'failed', code: 'cancelled' }
      if (!destroyed) batch(() => settle(result, lead.id))
    },

    /** Forgets everything and starts again with a new lead. */
    reset() {
      clear()
      position.value = 0
      status.value = 'filling'
      attend('heading')
    },

    /** Answers that are still on their way change nothing any more. */
    destroy() {
      destroyed = true
      clear()
    },
  }

  function readers() {
    return {
      fields: Object.fromEntries(models),
      consents: Object.fromEntries<ReadonlySignal<string | undefined>>(ticks),
    }
  }
})
