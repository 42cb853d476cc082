import { effect } from '@preact/signals-core'
import { isFieldName } from '../../fields/fields.ts'
import { placeFieldsOf } from '../../fields/place/place-fields.ts'
import type { FormTexts } from '../../i18n/texts.ts'
import { FormModel } from '../../state/form-model.ts'
import { renderFormView } from '../../ui/form.tsx'
import type { Dispatcher } from '../events/dispatcher.ts'
import { applyTheme } from '../appearance/appearance.ts'
import { createFormPorts } from './ports.ts'
import type { FormSource } from '../source/form-source.ts'
import type { Locale } from '../language/locale.ts'
import { loadVerification } from '../on-demand.ts'
import type { ParsedOptions } from '../options/options.ts'
import { createPlaceListLoader } from './place-list.ts'
import { adoptStyles } from '../appearance/styles.ts'

/** A form that is drawn. */
export interface RenderedForm {
  readonly model: FormModel
  readonly texts: FormTexts
  readonly host: HTMLElement
  readonly root: HTMLElement | ShadowRoot
  close(): void
}

/** What a form is shown with. */
export interface RenderFormOptions {
  readonly source: FormSource
  readonly locale: Locale
  /** Styles besides the form's own. */
  readonly appearance: string | undefined
  readonly options: () => ParsedOptions
  readonly dispatcher: Dispatcher
  /** The receiver asks for more than the form does. */
  readonly onOutdated: () => void
}

/** How long after a form is shown its parts begin to load, in milliseconds: the page has more urgent things first. */
const preloadDelayMs = 1000

let formCount = 0

/** Draws a form in an element of its own, which is not on the page yet. */
export function renderForm(
  container: Element,
  { source, locale, appearance, options, dispatcher, onOutdated }: RenderFormOptions,
): RenderedForm {
  const { delivery, test } = source
  const { lang, texts, translate } = locale
  const definition = translate(source.definition)
  const host = createHost(lang)
  const root = options().shadow === false ? host : host.attachShadow({ mode: 'open' })
  const scope = root instanceof ShadowRoot ? root : container.getRootNode()
  const cleanups: (() => void)[] = []
  let closed = false
  const adopt = (css?: string): void => {
    // Styles of a part may come when the form is gone.
    if (!closed)
      cleanups.push(adoptStyles(scope instanceof ShadowRoot ? scope : document, css, root === host))
  }
  adopt()
  for (const css of [appearance, test?.css]) if (css) adopt(css)

  formCount += 1
  const model = new FormModel(definition, createFormPorts(options, delivery, texts, dispatcher, onOutdated))
  const { relay, places } = options()
  const loadPlaceList = relay || places ? createPlaceListLoader(options(), adopt) : undefined
  const view = {
    model,
    definition,
    texts,
    uid: `anketa-${formCount}`,
    readers: new Set<() => void>(),
    loadPlaceList,
    inPage: root === host,
    loadVerification: async () => {
      const { Step, css } = (await loadVerification(options().relay)).createVerificationChunk(texts.code)
      adopt(css)
      return Step
    },
  }
  if (Object.keys(model.fields).some((name) => isFieldName(name) && placeFieldsOf(name))) {
    // By the time that a place is asked for, its list is here; a failure is met then, and tried again.
    const early = setTimeout(() => void loadPlaceList?.().catch(() => undefined), preloadDelayMs)
    cleanups.push(() => clearTimeout(early))
  }
  cleanups.push(
    () => model.destroy(),
    renderFormView(view, root),
    effect(() => warnBeforeLeaving(model)),
  )
  applyTheme(root, options())
  test?.attach(root, { definition, setValues: model.setValues })
  return {
    model,
    texts,
    host,
    root,
    close() {
      closed = true
      for (const cleanup of cleanups.splice(0).reverse()) cleanup()
    },
  }
}

/** Asks before a page is left with answers in it: they are kept nowhere else. */
function warnBeforeLeaving({ touched, status }: FormModel): (() => void) | undefined {
  // A lead that is never confirmed is worth nothing.
  if (!touched.value || !['filling', 'failed', 'verification'].includes(status.value)) return undefined
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
  addEventListener('beforeunload', ask)
  return () => removeEventListener('beforeunload', ask)
}

/** The element that a form is drawn in. */
export function createHost(lang: string): HTMLElement {
  const host = document.createElement('div')
  // Session recorders obey these on the host and on every input; they must be there before the page has the element.
  host.className = 'anketa-host ym-hide-content ym-disable-keys'
  for (const mark of ['data-hj-suppress', 'data-matomo-mask', 'data-sentry-mask']) host.setAttribute(mark, '')
  host.setAttribute('data-clarity-mask', 'true')
  host.lang = lang
  return host
}
