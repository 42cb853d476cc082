import { effect, signal } from '@preact/signals-core'
import { isFieldName } from '../../fields/fields.ts'
import { placeFieldsOf } from '../../fields/place/place-fields.ts'
import type { FormTexts } from '../../i18n/texts.ts'
import { FormModel } from '../../state/form-model.ts'
import { afterFocusMs, renderFormView } from '../../ui/form.tsx'
import type { CalculatorViews, NoticeComponent } from '../../ui/form-view.ts'
import { createLiveRegion } from '../../ui/live-region.ts'
import { maskedContent } from '../../ui/input/recorder-marks.ts'
import type { DraftedForm } from '../draft/draft.chunk.ts'
import type { RecoveringForm } from '../connection/recover-unanswered.ts'
import type { AnalysedForm, Dispatcher } from '../events/dispatcher.ts'
import { type Appearance, applyTheme, checkColorsLater } from '../appearance/appearance.ts'
import type { UnassignedIssueHandlers } from './action-ports.ts'
import { currentLater, loadLater } from './load-later.ts'
import { createPagePorts } from './ports.ts'
import type { FormSource } from '../source/form-source.ts'
import type { Locale } from '../language/locale.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'
import { containEvents } from './contain-events.ts'
import { createPlaceListLoader } from './place-list.ts'
import { adoptStyles } from '../appearance/styles.ts'

/** A rendered form. `id` is the definition's. */
export interface RenderedForm extends AnalysedForm, DraftedForm, RecoveringForm {
  readonly texts: FormTexts
  readonly host: HTMLElement
  /** Reads the inputs, because password managers and scripts set some of them without an event. */
  readInputs(): void
  close(): void
}

/** What a form is rendered with. */
export interface RenderFormOptions extends UnassignedIssueHandlers {
  readonly source: FormSource
  readonly locale: Locale
  readonly appearance: Appearance
  readonly options: () => ParsedOptions
  readonly dispatcher: Dispatcher
  /** Whether all answers are stored, so that leaving the page loses nothing. */
  readonly isKept: () => boolean | undefined
}

/** When the list of places starts to load after the form is shown, in milliseconds: the page comes first. */
const preloadDelayMs = 1000

let formCount = 0

/** Renders a form into a new element, which the caller puts on the page. */
export function renderForm(
  container: Element,
  { source, locale, appearance, options, dispatcher, isKept, ...unassigned }: RenderFormOptions,
): RenderedForm {
  const { delivery, prepare, test, relay: address } = source
  const { lang, texts, translate, isPartial = false } = locale
  const definition = translate(source.definition)
  const host = createHost(lang)
  const root = options().shadow === false ? host : host.attachShadow({ mode: 'open' })
  containEvents(root)
  const scope = root instanceof ShadowRoot ? root : container.getRootNode()
  const cleanups: (() => void)[] = []
  cleanups.push(
    onceSoon(root, () => {
      prepare?.()
      // Without it the next step is not shown, which loads it again.
      loadLater().catch(() => undefined)
      // Who leaves at once after the phone must not be faster.
      if (definition.partial) import('../on-demand/partial.chunk.ts').catch(() => undefined)
    }),
  )
  let closed = false
  const target = {
    root: scope instanceof ShadowRoot ? scope : document,
    host,
    inPage: root === host,
    file: options().stylesheet,
  }
  const adopt = (css?: string): void => {
    // A chunk with styles may arrive after the form was closed.
    if (!closed) cleanups.push(adoptStyles(target, css))
  }
  adopt()
  for (const css of [appearance.css, test?.css]) if (css) adopt(css)

  formCount += 1
  let isComplete = false
  /** What comes after the first step, once it is loaded, with its texts. */
  const findLater = () => {
    const later = currentLater()
    if (later && !isComplete) {
      isComplete = true
      adopt(later.laterCss)
      if (isPartial) later.completeTexts(texts, definition.receiver)
    }
    return later
  }
  findLater()
  const page = createPagePorts(options, texts, dispatcher)
  const model = new FormModel(definition, {
    ...page,
    createActions: (context) =>
      findLater()?.createPageActions(context, {
        options,
        delivery,
        relay: test ? undefined : address,
        dispatcher,
        page,
        cleanups,
        texts,
        root,
        ...unassigned,
      }),
    loadActions: loadLater,
  })
  const complete = async () => (await loadLater(), findLater())
  const notice = signal<NoticeComponent | undefined>(undefined)
  const recovery = signal<NoticeComponent | undefined>(undefined)
  const calculator = signal<CalculatorViews | undefined>(undefined)
  if (
    definition.steps.some(
      ({ kind, fields }) => kind === 'calculator' || fields.some(({ control }) => control),
    )
  )
    import('../calculator/calculator.chunk.ts').then(
      ({ createCalculatorChunk }) => {
        const chunk = createCalculatorChunk(texts.calculator)
        adopt(chunk.css)
        calculator.value = chunk.views
      },
      (error: unknown) => report('the calculator could not be loaded', error),
    )
  const { relay, places } = options()
  const loadPlaceList = relay || places ? createPlaceListLoader(options(), adopt) : undefined
  const view = {
    model,
    definition,
    texts,
    lang,
    uid: `anketa-${formCount}`,
    live: createLiveRegion(),
    readers: new Set<() => void>(),
    loadPlaceList,
    laterViews: () => findLater()?.laterViews,
    loadLaterViews: async () => (await loadLater()).laterViews,
    isOffline: () => findLater()?.isOffline() ?? false,
    inPage: root === host,
    calculator,
    notice,
    recovery,
    loadReview: async () => (await loadLater()).loadReview(adopt),
    loadVerification: async () => {
      const { createVerificationChunk } = await import('./verification.chunk.ts').catch((error: unknown) => {
        report('the step for the code could not be loaded', error)
        throw error
      })
      const { Step, css } = createVerificationChunk(texts.code)
      adopt(css)
      return Step
    },
  }
  if (Object.keys(model.fields).some((name) => isFieldName(name) && placeFieldsOf(name))) {
    // Loads the list before it is needed. After a failure the field loads it again.
    const preload = setTimeout(() => void loadPlaceList?.().catch(() => undefined), preloadDelayMs)
    cleanups.push(() => clearTimeout(preload))
  }
  // A page that the browser's Back shows as it was may be before another person.
  const untick = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) model.consents.clear()
  }
  addEventListener('pageshow', untick)
  cleanups.push(
    () => removeEventListener('pageshow', untick),
    () => model.destroy(),
    page.close,
    renderFormView(view, root),
    effect(() => warnBeforeLeaving(model, isKept)),
  )
  applyTheme(root, host, appearance)
  cleanups.push(checkColorsLater(root))
  test?.attach(root, { definition, lang, setValues: model.setValues })
  return {
    id: definition.id,
    statistics:
      source.statistics === undefined
        ? undefined
        : {
            url: source.statistics,
            step: () => model.step.peek()?.id,
            code: (name) => model.fields[name]?.message.peek()?.code,
            source: () => {
              const { utm_source: name } = page.attribution()
              return typeof name === 'string' ? name : undefined
            },
          },
    model,
    texts,
    host,
    root,
    notice,
    recovery,
    complete,
    readInputs() {
      for (const read of view.readers) read()
    },
    close() {
      closed = true
      for (const cleanup of cleanups.splice(0).reverse()) cleanup()
    },
  }
}

/** Calls an action once: shortly after the first focus in a form, or right after the first change. Returns what cancels it. */
function onceSoon(root: EventTarget, action: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const onFocus = (): void => start(afterFocusMs)
  const onInput = (): void => start(0)
  function start(delayMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      cancel()
      action()
    }, delayMs)
  }
  function cancel(): void {
    clearTimeout(timer)
    root.removeEventListener('focusin', onFocus)
    root.removeEventListener('input', onInput)
  }
  root.addEventListener('focusin', onFocus)
  root.addEventListener('input', onInput)
  return cancel
}

/** Asks before the person leaves the page with answers in it that are stored nowhere else. */
function warnBeforeLeaving(
  { touched, status, fields }: FormModel,
  isKept: RenderFormOptions['isKept'],
): (() => void) | undefined {
  // An unconfirmed lead is worth nothing, so verification counts as unfinished.
  if (!touched.value || !['filling', 'failed', 'verification'].includes(status.value)) return undefined
  const ask = (event: BeforeUnloadEvent): void => {
    if (isKept() || !Object.values(fields).some(({ text }) => text.peek())) return
    event.preventDefault()
    // For browsers from before 2024.
    event.returnValue = true
  }
  addEventListener('beforeunload', ask)
  return () => removeEventListener('beforeunload', ask)
}

/** Creates the element that a form is rendered in. */
export function createHost(lang: string): HTMLElement {
  const host = document.createElement('div')
  // Session recorders obey these on the host and on every input. They must be set before the element enters the page.
  for (const [name, value] of Object.entries(maskedContent('anketa-host'))) host.setAttribute(name, value)
  host.lang = lang
  // The form is laid out from left to right on every page. `all` in the styles does not reset the direction.
  host.dir = 'ltr'
  return host
}
