import { effect } from '@preact/signals-core'
import { fetchDefinition, sendLead } from '../delivery/relay-client.ts'
import { type FormDefinition, parseDefinition } from '../form/definition.ts'
import { ru } from '../i18n/ru.ts'
import { createLeadIdentity, hex } from '../lead/lead-identity.ts'
import type { LeadValues } from '../lead/values.ts'
import { FormModel } from '../state/form-model.ts'
import type { FormPorts } from '../state/form-ports.ts'
import { consentText } from '../ui/consents.tsx'
import { renderForm } from '../ui/render.tsx'
import { readAttribution } from './attribution.ts'
import { type CheckedOptions, type Options, parseOptions } from './options.ts'
import { adoptStyles } from './styles.ts'

/** A form on a page. Calls made before its definition has arrived are carried out then. */
export interface FormHandle {
  /** Resolves when the form is shown; rejects with the reason when it cannot be. */
  readonly ready: Promise<void>
  setValues(values: LeadValues): void
  next(): void
  back(): void
  goTo(step: string): void
  submit(): void
  reset(): void
  /** Takes the form away and puts back what stood in its place. */
  destroy(): void
}

type Model = InstanceType<typeof FormModel>

let count = 0

/**
 * Shows a form in an element. What the element holds stays until the form is ready, and for good when it cannot be.
 * Throws an `OptionsError` on wrong options.
 */
export function mount(container: HTMLElement, given: Options): FormHandle {
  const options = parseOptions(given)
  const cleanups: (() => void)[] = []
  let destroyed = false

  const shown = fetchDefinition(options.relay, (url, init) => fetch(url, init)).then((candidate) => {
    const parsed = parseDefinition(candidate)
    if ('problems' in parsed)
      throw new TypeError(`Anketa: the definition is wrong: ${parsed.problems.join('; ')}`)
    // A form that was taken away while it loaded must not appear after all.
    return destroyed ? undefined : show(container, options, parsed.definition, cleanups)
  })
  shown.catch((error: unknown) => {
    console.error(`Anketa: the form could not be shown in`, container, error)
    emit(container, 'error', { code: 'definition' })
  })

  const call = (action: (model: Model) => unknown): void => {
    shown.then(
      (model) => model && !destroyed && action(model),
      // Told above, once.
      () => undefined,
    )
  }
  return {
    ready: shown.then(() => undefined),
    setValues: (values) => call((model) => model.setValues(values)),
    next: () => call((model) => model.next()),
    back: () => call((model) => model.back()),
    goTo: (step) => call((model) => model.goTo(step)),
    submit: () => call((model) => model.submit()),
    reset: () => call((model) => model.reset()),
    destroy: () => {
      destroyed = true
      for (const cleanup of cleanups.splice(0).reverse()) cleanup()
    },
  }
}

function show(
  container: HTMLElement,
  options: CheckedOptions,
  definition: FormDefinition,
  cleanups: (() => void)[],
): Model {
  const texts = ru
  const model = new FormModel(definition, createPorts(container, options, definition))
  if (options.values) model.setValues(options.values)

  const host = document.createElement('div')
  // Session recorders obey these on the host and on every input; they must be there before the page has the element.
  host.className = 'ym-hide-content ym-disable-keys'
  for (const mark of ['data-hj-suppress', 'data-matomo-mask', 'data-sentry-mask']) host.setAttribute(mark, '')
  host.setAttribute('data-clarity-mask', 'true')
  host.lang = 'ru'
  const root = options.shadow === false ? host : host.attachShadow({ mode: 'open' })
  adoptStyles(root instanceof ShadowRoot ? root : document)
  count += 1
  const unrender = renderForm({ model, definition, texts, uid: `anketa-${count}`, readers: new Set() }, root)

  const fallback = [...container.childNodes]
  container.replaceChildren(host)
  cleanups.push(
    () => container.replaceChildren(...fallback),
    unrender,
    () => model.destroy(),
    effect(() => warnBeforeLeaving(model)),
  )
  emit(container, 'ready', {})
  return model
}

function createPorts(container: HTMLElement, options: CheckedOptions, definition: FormDefinition): FormPorts {
  return {
    version: __ANKETA_VERSION__,
    now: () => new Date(),
    identify: () => createLeadIdentity(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
    send: (lead) => sendLead(options.relay, lead, (url, init) => fetch(url, init)),
    origin: () => ({
      url: location.origin + location.pathname,
      attribution: readAttribution(options, location.search, document.referrer),
    }),
    async digest(text) {
      // Pages without https have no digest.
      if (!isSecureContext) return undefined
      return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
    },
    consentText(id) {
      const consent = definition.consents.find((candidate) => candidate.id === id)
      return consent ? consentText(consent, ru) : ''
    },
    beforeSubmit: (lead) => emit(container, 'submit', { leadId: lead.id }, true),
    onEvent: ({ type, ...detail }) => emit(container, type, detail),
  }
}

/** Asks before a page is left with answers in it: they are kept nowhere else. */
function warnBeforeLeaving({ touched, status }: Model): (() => void) | undefined {
  if (!touched.value || (status.value !== 'filling' && status.value !== 'failed')) return undefined
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
  addEventListener('beforeunload', ask)
  return () => removeEventListener('beforeunload', ask)
}

/** Dispatches an `anketa:` event on the container; false when a listener prevented it. Details are never personal. */
function emit(container: HTMLElement, type: string, detail: object, cancelable = false): boolean {
  return container.dispatchEvent(
    new CustomEvent(`anketa:${type}`, { bubbles: true, composed: true, cancelable, detail }),
  )
}
