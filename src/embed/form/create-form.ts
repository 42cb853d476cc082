import { effect, signal, untracked } from '@preact/signals-core'
import { hasMessage } from '../../i18n/find-text.ts'
import type { IssueCode } from '../../lead/issue.ts'
import { parseQuery } from '../attribution/query.ts'
import { createDispatcher } from '../events/dispatcher.ts'
import { loadAppearance } from '../appearance/appearance.ts'
import type { FormHandle } from './form-handle.ts'
import type { FormNavigation } from '../on-demand/navigation.chunk.ts'
import { loadTakeOver, type TakeOver } from './load-take-over.ts'
import type { FormSource } from '../source/form-source.ts'
import { openSource } from '../source/open-source.ts'
import { recoverUnanswered } from '../connection/recover-unanswered.ts'
import { createUnavailableNotice } from '../connection/unavailable.ts'
import { createFormState } from './form-state.ts'
import { createLiveOptions } from '../options/live-options.ts'
import { loadLocale } from '../language/load-locale.ts'
import type { OptionChanges } from '../options/options.ts'
import { type RenderedForm, renderForm } from './render-form.ts'
import { report } from '../options/report.ts'
import { dropDefinition } from '../source/preloaded.ts'
import { fieldNameOf, isFieldName } from '../../fields/fields.ts'
import type { LeadValues } from '../../lead/values.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import type { FormModel } from '../../state/form-model.ts'
import type { TransferState } from '../../state/transfer-state.ts'
import { hasEffect } from '../options/options-table.ts'
import type { OptionIssue } from '../options/option-issue.ts'

/** The attribute of the container that shows its state: `loading`, `ready` or `failed`. */
const statusAttribute = 'data-anketa-status'

/** Shows a form in an element. The element's content stays until the form is ready, or for good if it fails. */
export function createForm(
  container: HTMLElement,
  initial: OptionChanges,
  onDestroy: () => void,
): FormHandle {
  const shown = signal<RenderedForm | undefined>(undefined)
  const failed = signal(false)
  /** Whether the form has to be shown again, as soon as nothing is being sent. */
  const stale = signal(false)
  const liveOptions = createLiveOptions(container, initial)
  const options = liveOptions.current
  const dispatcher = createDispatcher(container, options)
  let fallback: readonly ChildNode[] = []
  /** The first form, while the person is at a field of the fallback that it does not show. */
  let held: RenderedForm | undefined
  let source: Promise<FormSource> | undefined
  /** Whether all answers are stored, where the page wants drafts. */
  let isKept: (() => boolean) | undefined
  let loadingDraft: Promise<unknown> | undefined
  /** The state of the first form before the person's first change. */
  let prefilled: TransferState | undefined
  let navigation: FormNavigation | undefined
  let hideProblems: (() => void) | undefined
  const unavailable = createUnavailableNotice(container, options)
  let destroyed = false
  let lastLoad = 0
  /** The definition that is shown, to tell whether another one has changed. */
  let shownDefinition = ''
  let rejectReady: (reason: unknown) => void = () => undefined
  let ready = load()

  /** Loads everything that the form needs, and shows it. Of several calls only the latest takes effect. */
  function load(outdatedFields?: readonly string[]): Promise<void> {
    lastLoad += 1
    const thisLoad = lastLoad
    const show = async (): Promise<void> => {
      hideMessages()
      failed.value = false
      if (options().draft !== undefined) loadingDraft ??= loadDraft()
      if (!shown.peek()) container.setAttribute(statusAttribute, 'loading')
      source ??= open()
      const [opened, locale, appearance] = await Promise.all([
        source,
        loadLocale(options(), source),
        source.then(({ looks }) => loadAppearance(options(), looks)),
        loadTakeOver(container, shown.peek() !== undefined),
        loadNavigation(),
      ])
      const takeOver = await loadTakeOver(container, shown.peek() !== undefined)
      if (destroyed || thisLoad !== lastLoad) return
      const before = shown.peek()
      stale.value = before !== undefined && !before.model.isEditable.value
      if (stale.value) return
      const definition = stringifyJson(opened.definition)
      // The same form would get the same answer, which it shows already.
      if (outdatedFields && definition === shownDefinition) {
        report(
          `the relay refuses the lead for what the form does not ask: ${outdatedFields.join(', ')}`,
          container,
        )
        return
      }
      shownDefinition = definition
      // Only a relay can have a newer definition than the page.
      const onOutdated = (fields: readonly string[]): unknown => {
        source = undefined
        const { relay } = options()
        if (!relay) return undefined
        dropDefinition(relay)
        return load(fields)
      }
      const next = renderForm(container, {
        source: opened,
        locale,
        appearance,
        options,
        dispatcher,
        isKept: () => isKept?.(),
        onOutdated,
        onUnknownFields: reportUnknownFields,
      })
      if (!before) {
        held?.close()
        held = next
        await takeOver?.whenFree(container, next.root)
        if (destroyed || thisLoad !== lastLoad) return next.close()
      }
      replace(before, next, takeOver)
      const { relay, test } = opened
      // The storage of a phone is slow, so that the form is drawn first.
      if (!before && relay !== undefined && !test) setTimeout(() => void recoverUnanswered(shown, relay))
      if (outdatedFields) next.model.showChanged()
    }
    const showing = new Promise<void>((resolve, reject) => {
      rejectReady = reject
      show().then(resolve, (error: unknown) => {
        if (!destroyed && thisLoad === lastLoad) {
          source = undefined
          fail(error)
        }
        reject(error)
      })
    })
    // The failure has been reported.
    showing.catch(() => undefined)
    return showing
  }

  /** Loads what opens the form in a dialog, and what keeps its steps in the browser's history. */
  async function loadNavigation(): Promise<void> {
    const { history, popup } = options()
    if (navigation || !(history || popup !== undefined)) return
    try {
      const { openNavigation } = await import('../on-demand/navigation.chunk.ts')
      if (!destroyed) navigation ??= openNavigation(container, shown, options())
    } catch (error) {
      report('the dialog and the history of the form could not be loaded', error)
    }
  }

  function loadDraft(): Promise<unknown> {
    return import('../draft/draft.chunk.ts').then(
      ({ keepDraft }) => (isKept = keepDraft(shown, () => prefilled, options, dispatcher)),
      (error: unknown) => report('drafts could not be loaded', error),
    )
  }

  function open(): Promise<FormSource> {
    const isWanted = (): boolean => source === opened
    const opened: Promise<FormSource> = openSource(options(), {
      isIssueCode,
      async wait(ms) {
        await unavailable.wait(ms)
        return isWanted()
      },
      // The form is tried again until it is shown, but nobody should wait for it.
      onDelay(reason) {
        if (!isWanted()) return
        fail(reason)
        if (failed.peek()) unavailable.show()
        rejectReady(reason)
      },
    })
    return opened
  }

  function hideMessages(): void {
    hideProblems?.()
    unavailable.hide()
  }

  function reportUnknownFields(names: readonly string[]): void {
    liveOptions.report(names.map((name) => ({ where: 'field', name })))
  }

  function replace(before: RenderedForm | undefined, next: RenderedForm, takeOver?: TakeOver): void {
    hideMessages()
    failed.value = false
    reportUnknownFields(
      Object.keys(options().validate ?? {}).filter((name) => !Object.hasOwn(next.model.fields, name)),
    )
    if (before) {
      before.readInputs()
      next.model.restoreState(before.model.exportState())
    } else {
      const { values = {}, prefillFromUrl = [] } = options()
      const fromUrl = parseQuery(location.search).filter(([name]) => prefillFromUrl.includes(name))
      // A link is more specific to the person than the page.
      for (const prefill of [values, Object.fromEntries(fromUrl)])
        liveOptions.report(applyValues(next.model, prefill))
      prefilled = next.model.exportState()
      takeOver?.enterTyped(next.model, takeOver.readTyped(container))
      fallback = [...container.childNodes]
    }
    const home = navigation?.home ?? container
    const others = [...home.childNodes]
    home.append(next.host)
    takeOver?.carryFocus(before?.root ?? container, next.root)
    for (const other of others) other.remove()
    shown.value = next
    before?.close()
    container.setAttribute(statusAttribute, 'ready')
    dispatcher.startAnalytics(next)
    if (!before) dispatcher.dispatch('ready', {})
  }

  function fail(error: unknown): void {
    const { message }: { readonly message?: unknown } = Object(error)
    report(`the form could not be shown: ${String(message)}`, container)
    if (!shown.peek()) {
      failed.value = true
      container.setAttribute(statusAttribute, 'failed')
      if (options().test) showProblems(error)
    }
    dispatcher.dispatch('error', { code: 'definition' })
  }

  function showProblems(error: unknown): void {
    import('../source/source.chunk.ts').then(
      ({ showProblems }) => {
        if (failed.peek() && !destroyed) hideProblems = showProblems(container, error)
      },
      // They have been reported on the console.
      () => undefined,
    )
  }

  function isIssueCode(code: unknown): code is IssueCode {
    const form = shown.peek()
    return form !== undefined && hasMessage(code, form.texts)
  }

  function whenShown(action: (model: FormModel) => void): void {
    const form = shown.peek()
    if (form) return act(form, action)
    ready.then(
      () => shown.value && act(shown.value, action),
      // The failure has been reported.
      () => undefined,
    )
  }

  function act({ readInputs, model }: RenderedForm, action: (model: FormModel) => void): void {
    readInputs()
    action(model)
  }

  const stopWaiting = effect(() => {
    const model = shown.value?.model
    if (!stale.value || (model && !model.isEditable.value)) return
    stale.value = false
    untracked(() => {
      ready = load()
    })
  })

  /** Follows the attributes of the element, all but its state. */
  const observer = new MutationObserver((records) => {
    if (records.some(({ attributeName }) => attributeName !== statusAttribute)) handle.update({})
  })
  observer.observe(container, { attributes: true })

  const handle: FormHandle = {
    get ready() {
      return ready
    },
    state: createFormState(
      () => shown.value?.model,
      () => (failed.value ? 'unavailable' : 'loading'),
    ),
    setValues: (values) => whenShown((model) => liveOptions.report(applyValues(model, values))),
    next: () => whenShown((model) => model.next()),
    back: () => whenShown((model) => model.back()),
    goTo: (step) => whenShown((model) => model.goTo(step)),
    submit: () => whenShown((model) => void model.submit()),
    reset: () => whenShown((model) => model.reset()),
    update(changes) {
      if (destroyed) return
      const names = liveOptions.update(changes)
      const form = shown.peek()
      if (form && names.includes('values'))
        liveOptions.report(applyValues(form.model, options().values ?? {}))
      if (names.some((name) => hasEffect(name, 'source', 'definition'))) source = undefined
      if (names.some((name) => !source || hasEffect(name, 'render'))) stale.value = true
    },
    destroy() {
      if (destroyed) return
      destroyed = true
      source = undefined
      stopWaiting()
      observer.disconnect()
      dispatcher.close()
      hideMessages()
      const form = shown.peek()
      // What stores the answers must not see that they are cleared.
      shown.value = undefined
      held?.close()
      form?.close()
      if (form) container.replaceChildren(...fallback)
      navigation?.close()
      failed.value = true
      container.removeAttribute(statusAttribute)
      onDestroy()
    },
  }
  return handle
}

/** Sets values, and returns an issue for each name that no field accepted. Never returns a value. */
export function applyValues(model: FormModel, values: LeadValues): readonly OptionIssue[] {
  return model
    .setValues(values)
    .map((name) => ({ where: isFieldName(fieldNameOf(name)) ? 'value' : 'field', name }))
}
