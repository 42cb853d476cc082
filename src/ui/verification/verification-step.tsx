import { useLayoutEffect, useRef } from 'preact/hooks'
import { parseText } from '../../fields/field-kind.ts'
import { smsCode } from '../../fields/kinds/sms-code.ts'
import { issueText, type VerificationTexts } from '../../i18n/texts.ts'
import type { VerificationStepComponent, VerificationStepProps } from '../form-view.ts'

// Loaded on demand: whatever is imported here, types aside, is not shared with the script and is loaded a second time.

/** Creates the step that asks for the code that was sent to the phone, in some language. */
export function createVerificationStep(words: VerificationTexts): VerificationStepComponent {
  return (props) => <VerificationStep {...props} words={words} />
}

function VerificationStep({
  view,
  status,
  words,
}: VerificationStepProps & { readonly words: VerificationTexts }) {
  const input = useRef<HTMLInputElement>(null)
  const { model, texts, uid } = view
  const awaited = model.pendingCode.value
  const sending = status === 'sending'
  const remark = model.codeMessage.value
  const left = awaited?.attemptsLeft
  const over = left === 0
  const { phone } = model.flow.value.values
  const id = `${uid}-code`
  const remarkId = `${id}-remark`
  const disabled = sending ? ('true' as const) : undefined

  const wrong = remark?.code === 'wrong-code'
  useLayoutEffect(() => {
    // A wrong code is of no more use; one that nobody has answered may be sent again.
    if (wrong && input.current) input.current.value = ''
  }, [awaited, wrong])

  return (
    <form
      class="anketa-step ym-disable-submit"
      part="step"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const code = parseText(smsCode, input.current?.value ?? '')
        void model.confirm(code && 'value' in code ? code.value : undefined)
      }}
    >
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
          <p class="anketa-sent" part="code-sent">
            {words.sent} {phone && <b>{redactPhone(phone)}</b>}
          </p>
          <div class="anketa-fields" part="fields" inert={sending}>
            <div class="anketa-field" part="field" data-field="code">
              <label class="anketa-label" part="label" for={id}>
                {words.label}
              </label>
              <input
                ref={input}
                id={id}
                type="text"
                name="code"
                class="anketa-input ym-disable-keys"
                part="input"
                data-hj-suppress=""
                inputMode="numeric"
                autoComplete="one-time-code"
                enterKeyHint="done"
                aria-required="true"
                aria-invalid={remark && 'true'}
                aria-describedby={remark && remarkId}
                onInput={model.clearCodeMessage}
              />
              {remark && (
                <p class="anketa-remark anketa-error" part="error" id={remarkId}>
                  {issueText(remark, texts)}
                  {wrong && left !== undefined && `. ${words.attempts(left)}`}
                </p>
              )}
            </div>
          </div>
        </>
      )}
      <div class="anketa-actions" part="actions">
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
        <details class="anketa-hint" part="help">
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

/** A mobile number as it can be shown to whoever looks at the screen: `+79000000001` is `+7 900 ***-**-01`. */
export function redactPhone(phone: string): string {
  return `${phone.slice(0, 2)} ${phone.slice(2, 5)} ***-**-${phone.slice(-2)}`
}
