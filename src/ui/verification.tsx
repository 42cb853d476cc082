import { useRef } from 'preact/hooks'
import { maskPhone } from '../fields/masked-phone.ts'
import { smsCode } from '../fields/sms-code.ts'
import { issueText } from '../i18n/texts.ts'
import type { FormView } from './form-view.ts'

/** Asks for the code that was sent to the phone. */
export function Verification({ view }: { readonly view: FormView }) {
  const input = useRef<HTMLInputElement>(null)
  const { model, texts, uid } = view
  const { code, attemptsLeft } = model.verification
  const words = texts.verification
  const status = model.status.value
  const sending = status === 'sending'
  const remark = code.remark.value
  const left = attemptsLeft.value
  const over = left === 0
  const { phone } = model.flow.value.values
  const id = `${uid}-code`
  const remarkId = `${id}-remark`
  const disabled = sending ? ('true' as const) : undefined

  return (
    <form
      class="anketa-step ym-disable-submit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        // Read anew: a code may be filled in without an event.
        if (input.current) model.verification.type(input.current.value)
        void model.confirm()
      }}
    >
      <h2 class="anketa-title" part="title" tabIndex={-1}>
        {words.title}
      </h2>
      <p class="anketa-unseen" role="status">
        {sending && words.checking}
      </p>
      {(over || status === 'failed') && (
        <p class="anketa-notice anketa-failure" part="notice" role="alert" tabIndex={-1}>
          {over ? words.noAttempts : words.failed}
        </p>
      )}
      {!over && (
        <>
          <p class="anketa-sent">
            {words.sent} {phone && <b>{maskPhone(phone)}</b>}
          </p>
          <div class="anketa-fields" inert={sending}>
            <div class="anketa-field" part="field" data-field="code">
              <label class="anketa-label" part="label" for={id}>
                {words.label}
              </label>
              <input
                {...smsCode.attributes}
                ref={input}
                id={id}
                type="text"
                name="code"
                class="anketa-input ym-disable-keys"
                part="input"
                data-hj-suppress=""
                enterKeyHint="done"
                value={code.text.value}
                aria-required="true"
                aria-invalid={remark && 'true'}
                aria-describedby={remark && remarkId}
                onInput={(event) => model.verification.type(event.currentTarget.value)}
              />
              {remark && (
                <p class="anketa-remark anketa-error" part="error" id={remarkId}>
                  {issueText(remark, texts)}
                  {left !== undefined && `. ${words.attempts(left)}`}
                </p>
              )}
            </div>
          </div>
        </>
      )}
      <div class="anketa-actions">
        {!over && (
          <button
            type="submit"
            class="anketa-button anketa-main"
            part="button button-main"
            data-action="confirm"
            aria-disabled={disabled}
          >
            {sending ? words.checking : words.confirm}
          </button>
        )}
        {phone !== undefined && (
          <button
            type="button"
            class="anketa-button"
            part="button button-change-phone"
            data-action="change-phone"
            aria-disabled={disabled}
            onClick={model.changePhone}
          >
            {words.changePhone}
          </button>
        )}
      </div>
      {!over && (
        <details class="anketa-hint">
          <summary>{words.question}</summary>
          {words.advice}
        </details>
      )}
      <button
        type="button"
        class="anketa-suggestion"
        part="give-up"
        data-action="give-up"
        aria-disabled={disabled}
        onClick={model.giveUp}
      >
        {words.giveUp}
      </button>
    </form>
  )
}
