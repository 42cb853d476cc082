import { act } from '@testing-library/preact'
import { onTestFinished } from 'vitest'
import type { FieldDefinition, FormDefinition } from '../../../src/form/definition.ts'
import { ru } from '../../../src/i18n/ru/ru.ts'
import { verificationRu } from '../../../src/i18n/ru/verification.ts'
import type { Delivery } from '../../../src/lead/delivery.ts'
import type { Lead } from '../../../src/lead/lead.ts'
import { FormModel } from '../../../src/state/form-model.ts'
import { createFormActions } from '../../../src/state/form-actions.ts'
import type { ActionPorts, FormEvent } from '../../../src/state/form-ports.ts'
import { laterViews } from '../../../src/ui/later-views.ts'
import type { FormView } from '../../../src/ui/form-view.ts'
import { renderFormView } from '../../../src/ui/form.tsx'
import { createLiveRegion } from '../../../src/ui/live-region.ts'
import { Review } from '../../../src/ui/review/review.tsx'
import { createVerificationStep } from '../../../src/ui/verification/verification-step.tsx'
import { define } from '../../form/define.ts'

/** A form in a shadow root, without a page around it. */
export interface ShownForm {
  readonly model: FormModel
  readonly root: ShadowRoot
  readonly sent: readonly Lead[]
  readonly events: readonly FormEvent[]
  /** Every element of a class that `selector` matches in the form. */
  all<Found extends Element>(type: new () => Found, selector: string): readonly Found[]
  /** The first of them. Throws if there is none. */
  one<Found extends Element>(type: new () => Found, selector: string): Found
  field(name: string): HTMLElement
  /** The text input of a field. */
  input(name: string): HTMLInputElement
  /** The message that describes a field's control, without the word before it, and whether it is an error. */
  message(name: string): { readonly text: string; readonly blocks: boolean } | undefined
  /** What the form's live region says. */
  announcement(): string
  /** Clicks Next, or another button. */
  click(action?: string): Promise<void>
}

/** The clock of every form in the tests: the day of the test vectors. */
export const today = new Date('2026-11-22T12:00:00+03:00')

/** Shows a form with some fields on one step and a consent on the next. */
export function showFields(...fields: readonly (FieldDefinition['name'] | FieldDefinition)[]): ShownForm {
  return showForm(
    define(
      fields.map((field) => (typeof field === 'string' ? { name: field } : field)),
      [],
    ),
  )
}

let count = 0

/** Shows a form until the end of the test. */
export function showForm(
  definition: FormDefinition,
  {
    loadPlaceList,
    calculator,
    texts = ru,
    laterViews: findLaterViews = () => laterViews,
    loadLaterViews = async () => laterViews,
    loadVerification = async () => createVerificationStep(verificationRu),
    ...delivery
  }: Partial<
    Pick<
      FormView,
      'loadPlaceList' | 'loadVerification' | 'calculator' | 'texts' | 'laterViews' | 'loadLaterViews'
    > &
      Delivery
  > = {},
): ShownForm {
  const sent: Lead[] = []
  const events: FormEvent[] = []
  const ports: ActionPorts = {
    version: '0.0.0',
    now: () => today,
    identify: () => ({ id: '01990000-0000-7000-8000-000000000001', key: 'invented' }),
    async send(lead) {
      sent.push(lead)
      return { outcome: 'accepted' }
    },
    confirm: async () => ({ outcome: 'accepted' }),
    ...delivery,
    origin: () => ({ url: 'https://example.ru/', attribution: {} }),
    limitedText: (seconds) => `again in ${seconds} s`,
    digest: async () => undefined,
    consentText: () => '',
    beforeSubmit: () => true,
    onException: () => undefined,
    onEvent: (event) => events.push(event),
    onOutdated: () => undefined,
    onUnknownFields: () => undefined,
  }
  const model = new FormModel(definition, {
    ...ports,
    createActions: (context) => createFormActions(context, ports),
    loadActions: async () => undefined,
  })
  const host = document.createElement('div')
  document.body.append(host)
  const root = host.attachShadow({ mode: 'open' })
  count += 1
  const removeView = renderFormView(
    {
      model,
      definition,
      texts,
      uid: `test-${count}`,
      live: createLiveRegion(),
      readers: new Set(),
      loadVerification,
      loadReview: async () => Review,
      laterViews: findLaterViews,
      loadLaterViews,
      calculator,
      ...(loadPlaceList ? { loadPlaceList } : {}),
    },
    root,
  )
  onTestFinished(() => {
    removeView()
    model.destroy()
    host.remove()
  })

  const all: ShownForm['all'] = (type, selector) =>
    [...root.querySelectorAll(selector)].filter(
      (element): element is InstanceType<typeof type> => element instanceof type,
    )
  const one = <Found extends Element>(type: new () => Found, selector: string): Found => {
    const [found] = all(type, selector)
    if (!found) throw new TypeError(`${selector}: expected to be shown`)
    return found
  }
  return {
    model,
    root,
    sent,
    events,
    all,
    one,
    field: (name) => one(HTMLElement, `[data-field="${name}"]`),
    input: (name) => one(HTMLInputElement, `[data-field="${name}"] input`),
    message(name) {
      const control = one(HTMLElement, `[data-field="${name}"] :is(input, select, textarea)`)
      const ids = control.getAttribute('aria-describedby')?.split(' ') ?? []
      const [shown] = all(HTMLElement, '[part=error], [part=warning]').filter(({ id }) => ids.includes(id))
      if (!shown) return undefined
      const blocks = control.getAttribute('aria-invalid') === 'true'
      const word = `${blocks ? ru.error : ru.warning} `
      const text = shown.textContent ?? ''
      if (!text.startsWith(word)) throw new TypeError(`${text}: expected to begin with "${word}"`)
      return { text: text.slice(word.length), blocks }
    },
    announcement: () => one(HTMLElement, '[role=status]').textContent ?? '',
    click: async (action = 'next') => act(() => one(HTMLElement, `[data-action=${action}]`).click()),
  }
}
