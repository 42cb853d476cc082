import { render } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FormTexts } from '../i18n/texts.ts'
import { isFinalOutcome, type FocusRequest, type FormAlert } from '../state/form-status.ts'
import { Consents } from './consents.tsx'
import { FormField } from './fields/form-field.tsx'
import { FieldGroupView, groupFields } from './fields/group.tsx'
import type { FormView } from './form-view.ts'
import { Result } from './result.tsx'
import { VerificationSlot } from './verification/verification-slot.tsx'

/** The whole form: the current step, the verification, or the result. */
export function Form({ view }: { readonly view: FormView }) {
  const { model, definition } = view
  const root = useRef<HTMLElement>(null)
  const focusRequest = model.focusRequest.value
  const status = model.status.value
  const step = model.step.value
  const verifying = model.pendingCode.value !== undefined
  const outcome = !verifying && isFinalOutcome(status) ? status : undefined

  useLayoutEffect(() => {
    // The form must not take the focus from the page when it appears.
    if (focusRequest.sequence === 0) return
    let isLatest = true
    // Messages and notices are rendered in the same task, but after the form.
    queueMicrotask(() => {
      if (isLatest && root.current) applyFocus(root.current, focusRequest)
    })
    return () => {
      isLatest = false
    }
  }, [focusRequest])

  return (
    <section
      ref={root}
      class="anketa ym-hide-content"
      part="form"
      aria-label={definition.title}
      data-step={verifying ? 'verification' : outcome ? 'result' : step?.id}
      data-status={status}
    >
      {verifying ? (
        <VerificationSlot view={view} />
      ) : outcome ? (
        <Result view={view} outcome={outcome} />
      ) : (
        <Step view={view} />
      )}
      {definition.operator.name && (
        <footer class="anketa-legal" part="legal">
          <p>
            {view.texts.operator}{' '}
            {[definition.operator.name, definition.operator.address].filter(Boolean).join(', ')}.
            {definition.operator.withdrawalContact &&
              ` ${view.texts.withdrawal} ${definition.operator.withdrawalContact}.`}
          </p>
          <a class="anketa-link" part="link" href={definition.policyUrl} target="_blank" rel="noopener">
            {view.texts.policy}
            <span class="anketa-unseen">, {view.texts.opensInNewTab}</span>
          </a>
        </footer>
      )}
    </section>
  )
}

/**
 * The current step. It reads nothing that a key changes: what depends on messages and on the status has components of
 * its own, so that a key renders no other field.
 */
function Step({ view }: { readonly view: FormView }) {
  const { model, texts } = view
  const step = model.step.value
  if (!step) return null
  const sending = model.isSending.value
  const isLast = model.isLast.value
  const total = model.steps.value.length
  const position = model.index.value + 1

  return (
    <form
      class="anketa-step ym-disable-submit"
      part="step"
      noValidate
      autoComplete="on"
      onSubmit={(event) => {
        event.preventDefault()
        for (const read of view.readers) read()
        if (isLast) void model.submit()
        else model.next()
      }}
    >
      <header part="header">
        <p class="anketa-count" part="progress-text">
          {texts.step(position, total)}
        </p>
        <progress class="anketa-progress" part="progress" max={total} value={position} aria-hidden="true" />
        <h2 class="anketa-title" part="title" tabIndex={-1}>
          {step.title}
        </h2>
      </header>
      <StepNotices view={view} />
      <div class="anketa-fields" part="fields" key={step.id} inert={sending}>
        {groupFields(step.fields).map(([first, ...rest]) =>
          first.group ? (
            <FieldGroupView
              key={first.group.name}
              view={view}
              group={first.group}
              fields={[first, ...rest]}
            />
          ) : (
            <FormField key={first.name} view={view} field={first} />
          ),
        )}
      </div>
      {isLast && (
        <div inert={sending}>
          <Consents view={view} />
        </div>
      )}
      <StepActions view={view} />
    </form>
  )
}

/** How many fields are to be corrected, that the form is being sent, and what kept it from being sent. */
function StepNotices({ view: { model, texts } }: { readonly view: FormView }) {
  const sending = model.isSending.value
  const count = model.issueCount.value
  const alert = model.alert.value
  return (
    <>
      {/* Always rendered: screen readers do not announce a live region that appears together with its text. */}
      <p class={count > 0 && !sending ? 'anketa-notice' : 'anketa-unseen'} part="notice" role="status">
        {sending ? texts.sending : count > 0 && texts.checkFields(count)}
      </p>
      {alert && (
        <p class="anketa-notice anketa-failure" part="notice" role="alert" tabIndex={-1}>
          {alertText(alert, texts)}
        </p>
      )}
    </>
  )
}

function StepActions({ view }: { readonly view: FormView }) {
  const { model, texts } = view
  const status = model.status.value
  const isLast = model.isLast.value
  const sending = status === 'sending'
  const failed = status === 'failed'
  return (
    <div class="anketa-actions" part="actions">
      {/* First in the DOM, so that Enter and the Tab order reach it first. Styles show it on the right. */}
      <button
        type="submit"
        class="anketa-button anketa-main"
        part="button button-main"
        data-action={failed ? 'retry' : isLast ? 'submit' : 'next'}
        aria-disabled={sending ? 'true' : undefined}
      >
        {sending ? texts.sending : failed ? texts.retry : isLast ? texts.submit : texts.next}
      </button>
      {model.index.value > 0 && (
        <button
          type="button"
          class="anketa-button"
          part="button button-back"
          data-action="back"
          aria-disabled={sending ? 'true' : undefined}
          onClick={() => {
            for (const read of view.readers) read()
            model.back()
          }}
        >
          {texts.back}
        </button>
      )}
    </div>
  )
}

function alertText(alert: FormAlert, texts: FormTexts): string {
  if (alert.kind === 'changed') return texts.changed
  if (alert.kind === 'provider') return `${texts.provider} ${alert.text}`
  const { code } = alert
  if (code === 'cancelled' || code === 'unexpected' || code === 'uncertain') return texts[code]
  return code === 'network' || code === 'unavailable' ? texts.failed : texts.busy
}

/** Focuses the target of a request and scrolls it into view. */
function applyFocus(root: HTMLElement, { target, name }: FocusRequest): void {
  const selector = {
    heading: '.anketa-title',
    message: '[role=alert]',
    field: `[data-field="${name}"] :is(input, select, textarea)`,
    consent: `[data-consent="${name}"] input`,
  }[target]
  const element = root.querySelector<HTMLElement>(selector)
  element?.focus({ preventScroll: true })
  const shown = target === 'heading' ? root : element?.closest('[data-field], [data-consent], [role=alert]')
  const { top = 0, bottom = 0 } = shown?.getBoundingClientRect() ?? {}
  const height = root.ownerDocument.defaultView?.innerHeight ?? 0
  if (top < 0 || (target !== 'heading' && bottom > height)) {
    shown?.scrollIntoView({ block: target === 'heading' ? 'start' : 'center' })
  }
}

/** Renders a form into an element or a shadow root. Returns a function that removes it. */
export function renderFormView(view: FormView, root: Element | ShadowRoot): () => void {
  render(<Form view={view} />, root)
  return () => render(null, root)
}
