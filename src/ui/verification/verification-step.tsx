import { useLayoutEffect, useRef } from 'preact/hooks'
import { parseText } from '../../fields/field-kind.ts'
import { smsCode } from '../../fields/kinds/sms-code.ts'
import { issueText } from '../../i18n/find-text.ts'
import type { VerificationTexts } from '../../i18n/texts.ts'
import type { VerificationStepComponent, VerificationStepProps } from '../form-view.ts'
import { maskedControl } from '../input/recorder-marks.ts'
import { ShownText } from '../shown-text.tsx'

/** Creates the component that asks for the code from an SMS, with its texts. */
export function createVerificationStep(stepTexts: VerificationTexts): VerificationStepComponent {
  return (props) => <VerificationStep {...props} stepTexts={stepTexts} />
}

function VerificationStep({
  view,
  status,
  stepTexts,
}: VerificationStepProps & { readonly stepTexts: VerificationTexts }) {
  const input = useRef<HTMLInputElement>(null)
  const { model, texts, uid } = view
  const pendingCode = model.pendingCode.value
  const sending = status === 'sending'
  const message = model.codeMessage.value
  const later = view.laterViews()
  const attemptsLeft = pendingCode?.attemptsLeft
  const isExhausted = attemptsLeft === 0
  const { phone } = model.values.value
  const id = `${uid}-code`
  const messageId = `${id}-remark`
  const disabled = sending ? ('true' as const) : undefined

  const isWrong = message?.code === 'wrong-code'
  const failure = isExhausted ? stepTexts.noAttempts : status === 'failed' && stepTexts.failed
  const remark =
    message &&
    issueText(message, texts) +
      (isWrong && attemptsLeft !== undefined ? `. ${stepTexts.attempts(attemptsLeft)}` : '')
  useLayoutEffect(() => {
    // A wrong code is cleared. One without an answer can be sent again.
    if (isWrong && input.current) input.current.value = ''
  }, [pendingCode, isWrong])
  useLayoutEffect(() => {
    if (sending) view.live.announce(stepTexts.checking)
  }, [sending, view, stepTexts])

  /** For `submit` and for the button's `click`: a frame without `allow-forms` has no submission. */
  const confirm = (event: Event): void => {
    event.preventDefault()
    const result = parseText(smsCode, input.current?.value ?? '')
    if (result && 'code' in result) void model.confirm(undefined, result.code)
    else void model.confirm(result?.value)
  }

  return (
    <form class="anketa-step ym-disable-submit" part="step" method="dialog" noValidate onSubmit={confirm}>
      {failure && (
        <p key={failure} class="anketa-notice anketa-failure" part="notice" role="alert" tabIndex={-1}>
          {failure}
        </p>
      )}
      {!isExhausted && (
        <>
          <p key={phone} class="anketa-sent" part="code-sent">
            {stepTexts.sent} {phone && <b>{redactPhone(phone)}</b>}
          </p>
          <div class="anketa-fields" part="fields" inert={sending}>
            <div class="anketa-field" part="field" data-field="code">
              <label class="anketa-label" part="label" for={id}>
                {stepTexts.label}
              </label>
              <input
                {...maskedControl('anketa-input')}
                ref={input}
                id={id}
                type="text"
                name="code"
                part="input"
                inputMode="numeric"
                autoComplete="one-time-code"
                enterKeyHint="done"
                aria-required="true"
                aria-invalid={message && 'true'}
                aria-describedby={message && messageId}
                onInput={model.clearCodeMessage}
              />
              {remark && later && (
                <later.Message key={remark} id={messageId} kind="error" texts={texts}>
                  {remark}
                </later.Message>
              )}
            </div>
          </div>
        </>
      )}
      <div class="anketa-actions" part="actions">
        {!isExhausted && (
          <button
            type="submit"
            class="anketa-button anketa-main"
            part="button button-main"
            data-action="confirm"
            aria-disabled={disabled}
            onClick={confirm}
          >
            <ShownText text={sending ? stepTexts.checking : stepTexts.confirm} />
          </button>
        )}
        {phone !== undefined && (
          <button
            type="button"
            class="anketa-button"
            part="button button-change-phone"
            data-action="change"
            aria-disabled={disabled}
            onClick={model.changePhone}
          >
            {stepTexts.changePhone}
          </button>
        )}
      </div>
      {!isExhausted && (
        <details class="anketa-hint" part="help">
          <summary>{stepTexts.question}</summary>
          {stepTexts.advice}
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
        {stepTexts.giveUp}
      </button>
    </form>
  )
}

/** Redacts a mobile number for the screen: `+79000000001` becomes `+7 900 ***-**-01`. */
export function redactPhone(phone: string): string {
  return `${phone.slice(0, 2)} ${phone.slice(2, 5)} ***-**-${phone.slice(-2)}`
}
