import { effect } from '@preact/signals-core'
import { fieldNameOf, fields, isFieldName } from '../fields/fields.ts'
import { placeOf } from '../fields/place-parts.ts'
import type { FormDefinition } from '../form/definition.ts'
import { ru } from '../i18n/ru.ts'
import type { Delivery } from '../lead/delivery.ts'
import { createLeadIdentity, hex } from '../lead/lead-identity.ts'
import type { LeadValues } from '../lead/values.ts'
import { FormModel } from '../state/form-model.ts'
import type { FormPorts } from '../state/form-ports.ts'
import { consentText } from '../ui/consents.tsx'
import { renderForm } from '../ui/render.tsx'
import { readAttribution } from './attribution.ts'
import type { FormSource } from './form-source.ts'
import { loadVerification } from './on-demand.ts'
import { type Options, warnOfName } from './options.ts'
import { createPlaceLoader } from './place-loader.ts'
import { adoptStyles } from './styles.ts'

/** The state of a form that is shown. */
export type Model = InstanceType<typeof FormModel>

interface Opened {
  readonly model: Model
  close(): void
}

let count = 0

/** Shows the form; returns how to get at its state, which is another one after the form has changed on the relay. */
export function showForm(
  container: HTMLElement,
  options: Options,
  { definition, delivery, renew, test }: FormSource,
  cleanups: (() => void)[],
): () => Model {
  const host = document.createElement('div')
  // Session recorders obey these on the host and on every input; they must be there before the page has the element.
  host.className = 'ym-hide-content ym-disable-keys'
  for (const mark of ['data-hj-suppress', 'data-matomo-mask', 'data-sentry-mask']) host.setAttribute(mark, '')
  host.setAttribute('data-clarity-mask', 'true')
  host.lang = 'ru'
  const root = options.shadow === false ? host : host.attachShadow({ mode: 'open' })
  const styled = root instanceof ShadowRoot ? root : document
  adoptStyles(styled)
  if (test) adoptStyles(styled, test.css)
  const { relay, places } = options
  const loadPlaceList = relay || places ? createPlaceLoader(relay ?? '', places, styled) : undefined

  const open = (current: FormDefinition, values: LeadValues | undefined): Opened => {
    count += 1
    const onOutdated = (): void => {
      if (!renew) return void emit(container, 'error', { code: 'definition' })
      renew().then(
        (newer) => {
          if (opened.model !== model) return
          // What was entered goes over; consents are given anew, to the documents as they are now.
          const { values: entered, steps } = model.flow.value
          opened.close()
          opened = open(newer, entered)
          opened.model.goTo(steps.at(-1)?.id ?? '')
          opened.model.tellChanged()
        },
        () => emit(container, 'error', { code: 'definition' }),
      )
    }
    const model = new FormModel(current, createPorts(container, options, delivery, onOutdated))
    if (values) takeValues(model, values)
    const view = {
      model,
      definition: current,
      texts: ru,
      uid: `anketa-${count}`,
      readers: new Set<() => void>(),
      loadPlaceList,
      loadVerification: async () => {
        const { Step, css } = (await loadVerification(relay ?? '')).createVerificationPart()
        adoptStyles(styled, css)
        return Step
      },
    }
    const unrender = renderForm(view, root)
    test?.attach(root, { definition: current, setValues: model.setValues })
    const stopWarning = effect(() => warnBeforeLeaving(model))
    return {
      model,
      close: () => {
        stopWarning()
        unrender()
        model.destroy()
      },
    }
  }
  let opened = open(definition, options.values)

  const fallback = [...container.childNodes]
  container.replaceChildren(host)
  cleanups.push(
    () => container.replaceChildren(...fallback),
    () => opened.close(),
  )
  if (Object.keys(opened.model.fields).some((name) => isFieldName(name) && placeOf(name))) {
    // By the time that a place is asked for, its list is here; a failure is met then, and tried again.
    whenIdle(() => loadPlaceList?.().catch(() => undefined))
  }
  emit(container, 'ready', {})
  return () => opened.model
}

/** Puts values in; the page's author is told the names of those that no field took, and never a value. */
export function takeValues(model: Model, values: LeadValues): void {
  for (const name of model.setValues(values)) {
    if (isFieldName(fieldNameOf(name)))
      console.warn(`Anketa: the value given for "${name}" is not one, or the form does not ask for it`)
    else warnOfName('field', name, Object.keys(fields))
  }
}

function createPorts(
  container: HTMLElement,
  options: Options,
  delivery: Delivery,
  onOutdated: () => void,
): FormPorts {
  return {
    ...delivery,
    version: __ANKETA_VERSION__,
    now: () => new Date(),
    identify: () => createLeadIdentity(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
    origin: () => ({
      url: location.origin + location.pathname,
      attribution: readAttribution(options, location.search, document.referrer),
    }),
    async digest(text) {
      // Pages without https have no digest.
      if (!isSecureContext) return undefined
      return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
    },
    consentText: (consent) => consentText(consent, ru),
    onOutdated,
    beforeSubmit: (lead) => emit(container, 'submit', { leadId: lead.id }, true),
    onEvent: ({ type, ...detail }) => emit(container, type, detail),
  }
}

/** Asks before a page is left with answers in it: they are kept nowhere else. */
function warnBeforeLeaving({ touched, status }: Model): (() => void) | undefined {
  // A lead that is never confirmed is worth nothing.
  const unfinished =
    status.value === 'filling' || status.value === 'failed' || status.value === 'verification'
  if (!touched.value || !unfinished) return undefined
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
  addEventListener('beforeunload', ask)
  return () => removeEventListener('beforeunload', ask)
}

/** Dispatches an `anketa:` event on the container; false when a listener prevented it. Details are never personal. */
export function emit(container: HTMLElement, type: string, detail: object, cancelable = false): boolean {
  return container.dispatchEvent(
    new CustomEvent(`anketa:${type}`, { bubbles: true, composed: true, cancelable, detail }),
  )
}

/** Safari has no idle callback. */
function whenIdle(work: () => unknown): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 5000 })
  else setTimeout(work, 2000)
}
