import { effect, signal, untracked } from '@preact/signals-core'
import { hasMessage } from '../../i18n/texts.ts'
import type { IssueCode } from '../../lead/issue.ts'
import { createDispatcher } from '../events/dispatcher.ts'
import { loadAppearance } from '../appearance/appearance.ts'
import type { FormHandle } from './form-handle.ts'
import { type FormSource, openSource } from '../source/form-source.ts'
import { createFormState } from './form-state.ts'
import { createLiveOptions } from '../options/live-options.ts'
import { loadLocale } from '../language/load-locale.ts'
import { loadDefinitions } from '../on-demand.ts'
import type { OptionChanges } from '../options/options.ts'
import { type RenderedForm, renderForm } from './render-form.ts'
import { report } from '../options/report.ts'
import { fieldNameOf, isFieldName } from '../../fields/fields.ts'
import type { LeadValues } from '../../lead/values.ts'
import type { FormModel } from '../../state/form-model.ts'
import { hasEffect } from '../options/options-table.ts'
import type { OptionIssue } from '../options/option-issue.ts'
/** Where a page sees whether its form is there: `loading`, `ready` or `failed`. */
const statusAttribute = 'data-anketa-status'

/** Shows a form in an element. What that holds stays until the form is ready, and for good when it cannot be. */
export function createForm(container: HTMLElement, given: OptionChanges, onDestroy: () => void): FormHandle {
  const shown = signal<RenderedForm | undefined>(undefined)
  const failed = signal(false)
  /** Whether the form is to be shown anew, once nothing of it is on its way. */
  const stale = signal(false)
  const {
    current: options,
    update: updateOptions,
    report: reportIssues,
  } = createLiveOptions(container, given)
  const dispatcher = createDispatcher(container, options)
  let fallback: readonly ChildNode[] = []
  let source: Promise<FormSource> | undefined
  let hideProblems: (() => void) | undefined
  let destroyed = false
  let turn = 0
  let ready = load()

  /** Gets all that the form is made of and shows it; of several calls the latest does. */
  function load(tellChanged = false): Promise<void> {
    turn += 1
    const mine = turn
    const showing = (async () => {
      hideProblems?.()
      failed.value = false
      if (!shown.peek()) container.setAttribute(statusAttribute, 'loading')
      source ??= openSource(options(), isIssueCode)
      const [opened, locale, appearance] = await Promise.all([
        source,
        loadLocale(options(), source),
        loadAppearance(options()),
      ])
      if (destroyed || mine !== turn) return
      const before = shown.peek()
      stale.value = before !== undefined && !before.model.isEditable.value
      if (stale.value) return
      // Only a relay may have a newer form than the page has.
      const onOutdated = (): unknown => {
        source = undefined
        return options().relay && load(true)
      }
      const next = renderForm(container, {
        source: opened,
        locale,
        appearance,
        options,
        dispatcher,
        onOutdated,
      })
      replace(before, next)
      if (tellChanged) next.model.showChanged()
    })()
    showing.catch((error: unknown) => {
      if (!destroyed && mine === turn) fail(error)
    })
    return showing
  }

  function replace(before: RenderedForm | undefined, next: RenderedForm): void {
    if (before) next.model.restoreState(before.model.exportState())
    else {
      const { values = {}, prefillFromUrl = [] } = options()
      const asked = [...new URLSearchParams(location.search)].filter(([name]) =>
        prefillFromUrl.includes(name),
      )
      // The link knows what this person is here for; the page, what people mostly are.
      for (const given of [values, Object.fromEntries(asked)]) reportIssues(applyValues(next.model, given))
      fallback = [...container.childNodes]
    }
    container.replaceChildren(next.host)
    shown.value = next
    before?.close()
    container.setAttribute(statusAttribute, 'ready')
    dispatcher.startAnalytics(next.root)
    if (!before) dispatcher.dispatch('ready', {})
  }

  function fail(error: unknown): void {
    source = undefined
    report('the form could not be shown in', container, error)
    if (!shown.peek()) {
      failed.value = true
      container.setAttribute(statusAttribute, 'failed')
      if (options().test) showProblems(error)
    }
    dispatcher.dispatch('error', { code: 'definition' })
  }

  function showProblems(error: unknown): void {
    loadDefinitions(options().relay).then(
      (part) => {
        if (failed.peek() && !destroyed) hideProblems = part.showProblems(container, error)
      },
      // They stand on the console.
      () => undefined,
    )
  }

  function isIssueCode(code: unknown): code is IssueCode {
    const form = shown.peek()
    return form !== undefined && hasMessage(code, form.texts)
  }

  function call(action: (model: FormModel) => void): void {
    const model = shown.peek()?.model
    if (model) return action(model)
    ready.then(
      () => shown.value && action(shown.value.model),
      // Told already.
      () => undefined,
    )
  }

  const stopWaiting = effect(() => {
    const model = shown.value?.model
    if (!stale.value || (model && !model.isEditable.value)) return
    stale.value = false
    untracked(() => {
      ready = load()
    })
  })

  return {
    get ready() {
      return ready
    },
    state: createFormState(
      () => shown.value?.model,
      () => (failed.value ? 'unavailable' : 'loading'),
    ),
    setValues: (values) => call((model) => reportIssues(applyValues(model, values))),
    next: () => call((model) => model.next()),
    back: () => call((model) => model.back()),
    goTo: (step) => call((model) => model.goTo(step)),
    submit: () => call((model) => void model.submit()),
    reset: () => call((model) => model.reset()),
    update(changes) {
      if (destroyed) return
      const names = updateOptions(changes)
      const form = shown.peek()
      if (form && names.includes('values')) reportIssues(applyValues(form.model, options().values ?? {}))
      if (names.some((name) => hasEffect(name, 'source', 'definition'))) source = undefined
      if (names.some((name) => !source || hasEffect(name, 'render'))) stale.value = true
    },
    destroy() {
      if (destroyed) return
      destroyed = true
      stopWaiting()
      dispatcher.close()
      hideProblems?.()
      const form = shown.peek()
      form?.close()
      if (form) container.replaceChildren(...fallback)
      shown.value = undefined
      failed.value = true
      container.removeAttribute(statusAttribute)
      onDestroy()
    },
  }
}

/** Puts values in; returns the names of those that no field took, and never a value. */
export function applyValues(model: FormModel, values: LeadValues): readonly OptionIssue[] {
  return model
    .setValues(values)
    .map((name) => ({ where: isFieldName(fieldNameOf(name)) ? 'value' : 'field', name }))
}
