import { effect } from '@preact/signals-core'
import { confirmCode, fetchDefinition, sendLead } from '../delivery/relay-client.ts'
import { fieldNameOf, fields, isFieldName } from '../fields/fields.ts'
import { placeOf } from '../fields/place-parts.ts'
import type { FormDefinition } from '../form/definition.ts'
import { isServedDefinition } from '../form/served-definition.ts'
import type { Texts } from '../i18n/texts.ts'
import { createLeadIdentity, hex } from '../lead/lead-identity.ts'
import type { LeadValues } from '../lead/values.ts'
import { FormModel } from '../state/form-model.ts'
import type { FormPorts } from '../state/form-ports.ts'
import { consentText } from '../ui/consents.tsx'
import { renderForm } from '../ui/render.tsx'
import { applyTheme } from './appearance.ts'
import { readAttribution } from './attribution.ts'
import type { Speech } from './load-speech.ts'
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
  definition: FormDefinition,
  { lang, texts, translate }: Speech,
  appearance: string,
  cleanups: (() => void)[],
): () => Model {
  const host = document.createElement('div')
  // Session recorders obey these on the host and on every input; they must be there before the page has the element.
  host.className = 'anketa-host ym-hide-content ym-disable-keys'
  for (const mark of ['data-hj-suppress', 'data-matomo-mask', 'data-sentry-mask']) host.setAttribute(mark, '')
  host.setAttribute('data-clarity-mask', 'true')
  host.lang = lang
  const root = options.shadow === false ? host : host.attachShadow({ mode: 'open' })
  const styled = root instanceof ShadowRoot ? root : document
  adoptStyles(styled)
  if (appearance) adoptStyles(styled, appearance)
  const loadPlaceList = createPlaceLoader(options, styled)

  const open = (given: FormDefinition, values: LeadValues | undefined): Opened => {
    count += 1
    const current = translate(given)
    const onOutdated = (): void => {
      loadDefinition(options.relay).then(
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
    const model = new FormModel(current, createPorts(container, options, texts, onOutdated))
    if (values) takeValues(model, values)
    const view = {
      model,
      definition: current,
      texts,
      uid: `anketa-${count}`,
      readers: new Set<() => void>(),
      loadPlaceList,
      inPage: styled === document,
      loadVerification: async () => {
        const { Step, css } = (await loadVerification(options.relay)).createVerificationPart(texts.code)
        adoptStyles(styled, css)
        return Step
      },
    }
    const unrender = renderForm(view, root)
    applyTheme(root, options)
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
    whenIdle(() => loadPlaceList().catch(() => undefined))
  }
  emit(container, 'ready', {})
  return () => opened.model
}

/** Fetches a form's definition; rejects with the reason when there is none. */
export async function loadDefinition(relay: string): Promise<FormDefinition> {
  const candidate = await fetchDefinition(relay, (url, init) => fetch(url, init))
  if (isServedDefinition(candidate)) return candidate
  throw new TypeError(`${relay} serves no form's definition`)
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
  texts: Texts,
  onOutdated: () => void,
): FormPorts {
  return {
    version: __ANKETA_VERSION__,
    now: () => new Date(),
    identify: () => createLeadIdentity(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
    send: (lead) => sendLead(options.relay, lead, (url, init) => fetch(url, init)),
    confirm: (lead, code) => confirmCode(options.relay, lead, code, (url, init) => fetch(url, init)),
    origin: () => ({
      url: location.origin + location.pathname,
      attribution: readAttribution(options, location.search, document.referrer),
    }),
    async digest(text) {
      // Pages without https have no digest.
      if (!isSecureContext) return undefined
      return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
    },
    consentText: (consent) => consentText(consent, texts),
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
