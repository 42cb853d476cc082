import { effect } from '@preact/signals'
import { render } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FormTexts } from '../i18n/texts.ts'
import { isFinalOutcome, type FormAlert } from '../state/form-status.ts'
import { CostsSlot } from './calculator/slots.tsx'
import { Consents } from './consents.tsx'
import { FormField } from './fields/form-field.tsx'
import { FieldGroupView, groupFields, NameGroup } from './fields/group.tsx'
import type { FormView } from './form-view.ts'
import { handleEnter } from './input/enter-key.ts'
import { maskedContent } from './input/recorder-marks.ts'
import { ShownText } from './shown-text.tsx'

/** When files that are loaded at the first focus are asked for, in milliseconds: the browser first shows it, and a keyboard. */
export const afterFocusMs = 200

/** The whole form: the current step, the verification, or the result. */
export function Form({ view }: { readonly view: FormView }) {
  const { model, definition, live } = view
  const root = useRef<HTMLElement>(null)
  const liveRegion = useRef<HTMLParagraphElement>(null)
  const focusRequest = model.focusRequest.value
  const status = model.status.value
  const step = model.step.value
  const verifying = model.pendingCode.value !== undefined
  const outcome = !verifying && isFinalOutcome(status) ? status : undefined
  const later = verifying || outcome ? view.laterViews() : undefined
  const Notice = view.notice?.value
  const Recovery = view.recovery?.value

  useLayoutEffect(() => {
    // The form must not take the focus from the page when it appears.
    if (focusRequest.sequence === 0) return
    let isLatest = true
    // Messages and notices are rendered in the same task, but after the form.
    queueMicrotask(() => {
      if (!isLatest || !root.current) return
      view.laterViews()?.applyFocus(root.current, focusRequest)
      // The target's own message is read with the focus, so it is not announced.
      const count = model.issueCount.peek()
      live.announce(count > 0 ? view.texts.checkFields(count) : '')
    })
    return () => {
      isLatest = false
    }
  }, [focusRequest, view, model, live])

  useLayoutEffect(
    () =>
      effect(() => {
        const { value } = live.text
        if (liveRegion.current) liveRegion.current.textContent = value
      }),
    [live],
  )

  useLayoutEffect(() => {
    const form = root.current
    let stop: (() => void) | undefined = () => undefined
    const watch = (): unknown =>
      view.loadLaterViews().then(
        ({ watchFocus }) => form && (stop &&= watchFocus(form)),
        () => undefined,
      )
    // Nothing covers a form before a person is in it.
    let timer: ReturnType<typeof setTimeout> | undefined
    const watchSoon = (): void => {
      timer = setTimeout(watch, afterFocusMs)
    }
    form?.addEventListener('focusin', watchSoon, { once: true })
    return () => {
      clearTimeout(timer)
      stop?.()
      stop = undefined
    }
  }, [view])

  return (
    <section
      {...maskedContent('anketa')}
      ref={root}
      part="form"
      aria-label={definition.title}
      data-step={verifying ? 'verification' : outcome ? 'result' : step?.id}
      data-status={status}
    >
      {Recovery && <Recovery view={view} />}
      {Notice && <Notice view={view} />}
      {verifying ? (
        later && <later.VerificationSlot view={view} />
      ) : outcome ? (
        later && <later.Result view={view} outcome={outcome} />
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
      {/* Always rendered: screen readers do not announce a live region that appears together with its text. */}
      <p ref={liveRegion} class="anketa-unseen" role="status" />
    </section>
  )
}

/**
 * The current step. It reads nothing that a key changes: what depends on messages and on the status has components of
 * its own, so that a key renders no other field.
 */
function Step({ view }: { readonly view: FormView }) {
  const { model, texts, uid } = view
  const step = model.step.value
  if (!step) return null
  const countId = `${uid}-count`
  const sending = model.isSending.value
  const isLast = model.isLast.value
  const review = step.kind === 'review' ? view.laterViews() : undefined
  const total = model.steps.value.length
  const position = model.index.value + 1
  const count = texts.step(position, total)
  /**
   * For `submit` and for the button's `click`, which Enter in a field causes too: a frame without `allow-forms` has no
   * submission, and no event of one.
   */
  const proceed = (event: Event): void => {
    event.preventDefault()
    for (const read of view.readers) read()
    if (isLast) void model.submit()
    else model.next()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter bubbles from the step's inputs.
    <form
      class="anketa-step ym-disable-submit"
      part="step"
      // A script of the page may submit it past its listeners. By GET, the values would go into the page's address.
      method="dialog"
      noValidate
      autoComplete="on"
      onKeyDown={(event) => handleEnter(event, event.currentTarget, model)}
      onSubmit={proceed}
    >
      <header part="header">
        {total > 1 && (
          <>
            <p key={count} class="anketa-count" part="progress-text" id={countId}>
              {count}
            </p>
            <ol class="anketa-steps" part="steps" aria-hidden="true">
              {model.steps.value.map(({ id, title }, at) => (
                <li key={id} class="anketa-step-name" part="step-name" data-done={at < position || undefined}>
                  {title}
                </li>
              ))}
            </ol>
            {/* Not full on the last step: nothing has been sent yet. */}
            <progress
              class="anketa-progress"
              part="progress"
              max={total}
              value={position - 0.5}
              aria-hidden="true"
            />
          </>
        )}
        <h2
          key={step.title}
          class="anketa-title"
          part="title"
          tabIndex={-1}
          aria-describedby={total > 1 ? countId : undefined}
        >
          {step.title}
        </h2>
      </header>
      <StepNotices view={view} />
      {step.fields.some(({ name }) => name === 'passport') && (
        <p class="anketa-hint" part="hint">
          {texts.passportNote}
        </p>
      )}
      <div class="anketa-fields" part="fields" key={step.id} inert={sending}>
        {groupFields(step.fields).map(([first, ...rest]) => {
          const { group } = first
          if (!group) return <FormField key={first.name} view={view} field={first} />
          const Group = group.name === 'fullName' ? NameGroup : FieldGroupView
          return <Group key={group.name} view={view} group={group} fields={[first, ...rest]} />
        })}
      </div>
      {step.kind === 'calculator' && <CostsSlot view={view} />}
      {review && <review.ReviewSlot view={view} />}
      {model.asksConsents.value && (
        <div inert={sending}>
          <Consents view={view} />
        </div>
      )}
      <StepActions view={view} proceed={proceed} />
    </form>
  )
}

/** How many fields are to be corrected, that the form is being sent, and what kept it from being sent. */
function StepNotices({ view }: { readonly view: FormView }) {
  const { model, texts, live } = view
  const sending = model.isSending.value
  const waiting = model.isWaiting.value
  const count = model.issueCount.value
  const alert = model.alert.value
  const failure = alert && alertText(alert, texts)
  // A single issue needs no list: the focus is in its field, which is described by its message (WCAG 3.3.1, technique
  // ARIA21). A link to the place where the person already is would only be one more stop on the way.
  const issues = model.reviewed.value?.length ?? 0
  const later = issues > 1 && !sending ? view.laterViews() : undefined
  const notice = !later && count > 0 && !sending && texts.checkFields(count)
  useLayoutEffect(() => {
    if (sending) live.announce(texts.sending)
    else if (waiting) live.announce(texts.loading)
  }, [sending, waiting, live, texts])
  return (
    <>
      {later && <later.IssueSummary view={view} />}
      {notice && (
        // The live region says it to screen readers.
        <p key={notice} class="anketa-notice" part="notice" aria-hidden="true">
          {notice}
        </p>
      )}
      {failure && (
        <p key={failure} class="anketa-notice anketa-failure" part="notice" role="alert" tabIndex={-1}>
          {failure}
        </p>
      )}
    </>
  )
}

function StepActions({
  view,
  proceed,
}: {
  readonly view: FormView
  readonly proceed: (event: Event) => void
}) {
  const { model, texts } = view
  const status = model.status.value
  const isLast = model.isLast.value
  const sending = status === 'sending'
  const failed = status === 'failed'
  const waiting = model.isWaiting.value
  const isBusy = sending || waiting ? ('true' as const) : undefined
  const later = view.laterViews()
  return (
    <>
      {later && <later.ConnectionNotice view={view} />}
      <div class="anketa-actions" part="actions">
        {/* First in the DOM, so that Enter and the Tab order reach it first. Styles show it on the right. */}
        <button
          type="submit"
          class="anketa-button anketa-main"
          part="button button-main"
          data-action={failed ? 'retry' : isLast ? 'submit' : 'next'}
          aria-disabled={isBusy}
          onClick={proceed}
        >
          <ShownText
            text={
              waiting
                ? texts.loading
                : sending
                  ? texts.sending
                  : failed
                    ? texts.retry
                    : isLast
                      ? texts.submit
                      : texts.next
            }
          />
        </button>
        {model.index.value > 0 && (
          <button
            type="button"
            class="anketa-button"
            part="button button-back"
            data-action="back"
            aria-disabled={isBusy}
            onClick={() => {
              for (const read of view.readers) read()
              model.back()
            }}
          >
            {texts.back}
          </button>
        )}
      </div>
    </>
  )
}

function alertText(alert: FormAlert, texts: FormTexts): string {
  if (alert.kind === 'changed') return texts.changed
  if (alert.kind === 'page') return alert.text
  if (alert.kind === 'provider') return `${texts.provider} ${alert.text}`
  const { code } = alert
  if (code === 'loading') return texts.loadingFailed
  if (code === 'cancelled' || code === 'unexpected' || code === 'uncertain') return texts[code]
  return code === 'network' || code === 'unavailable' ? texts.failed : texts.busy
}

/** Renders a form into an element or a shadow root. Returns a function that removes it. */
export function renderFormView(view: FormView, root: Element | ShadowRoot): () => void {
  render(<Form view={view} />, root)
  return () => render(null, root)
}
