import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Attention } from '../state/form-model.ts'
import { Consents } from './consents.tsx'
import { Field } from './field.tsx'
import type { FormView } from './form-view.ts'
import { Result } from './result.tsx'

/** The whole form: the step that is being filled, or how it ended. */
export function Form({ view }: { readonly view: FormView }) {
  const { model, definition } = view
  const root = useRef<HTMLElement>(null)
  const attention = model.attention.value
  const status = model.status.value
  const step = model.step.value
  const ended = status !== 'filling' && status !== 'sending' && status !== 'failed'

  useLayoutEffect(() => {
    // The form does not take the focus from the page when it appears.
    if (attention.turn > 0 && root.current) attend(root.current, attention)
  }, [attention])

  return (
    <section
      ref={root}
      class="anketa ym-hide-content"
      part="form"
      aria-label={definition.title}
      data-step={ended ? 'result' : step?.id}
      data-status={status}
    >
      {ended ? <Result view={view} outcome={status} /> : <Step view={view} />}
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
    </section>
  )
}

function Step({ view }: { readonly view: FormView }) {
  const { model, texts } = view
  const step = model.step.value
  if (!step) return null
  const sending = model.status.value === 'sending'
  const failed = model.status.value === 'failed'
  const isLast = model.isLast.value
  const total = model.flow.value.steps.length
  const position = model.index.value + 1
  const count = model.issueCount.value

  return (
    <form
      class="anketa-step ym-disable-submit"
      noValidate
      autoComplete="on"
      onSubmit={(event) => {
        event.preventDefault()
        for (const read of view.readers) read()
        if (isLast) void model.submit()
        else model.next()
      }}
    >
      <header class="anketa-header">
        <p class="anketa-count" part="progress-text">
          {texts.step(position, total)}
        </p>
        <progress class="anketa-progress" part="progress" max={total} value={position} aria-hidden="true" />
        <h2 class="anketa-title" part="title" tabIndex={-1}>
          {step.title}
        </h2>
      </header>
      <p class="anketa-notice" part="notice" role="status" hidden={count === 0}>
        {count > 0 && texts.checkFields(count)}
      </p>
      {(failed || model.message.value !== undefined) && (
        <p class="anketa-notice anketa-failure" part="notice" role="alert" tabIndex={-1}>
          {failed ? (model.message.value ?? texts.failed) : `${texts.provider} ${model.message.value}`}
        </p>
      )}
      <div class="anketa-fields" key={step.id}>
        {step.fields.map((request) => (
          <Field key={request.name} view={view} request={request} />
        ))}
      </div>
      {isLast && <Consents view={view} />}
      <div class="anketa-actions">
        {/* The main action comes first, so that Enter and the keyboard's order find it; the eye sees it on the right. */}
        <button
          type="submit"
          class="anketa-button anketa-main"
          part="button button-main"
          data-action={failed ? 'retry' : isLast ? 'submit' : 'next'}
          aria-disabled={sending ? 'true' : undefined}
        >
          {sending ? texts.sending : failed ? texts.retry : isLast ? texts.submit : texts.next}
        </button>
        {position > 1 && (
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
    </form>
  )
}

/** Takes the focus to where the person is to look next, and into view. */
function attend(root: HTMLElement, { target, name }: Attention): void {
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
