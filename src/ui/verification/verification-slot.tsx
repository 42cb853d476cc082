import { useSignal } from '@preact/signals'
import { useCallback, useLayoutEffect } from 'preact/hooks'
import type { FormView, VerificationStepComponent } from '../form-view.ts'

/** Renders the step that confirms the phone once it has loaded. If that fails, the person can try again. */
export function VerificationSlot({ view }: { readonly view: FormView }) {
  const loaded = useSignal<VerificationStepComponent | undefined>(undefined)
  const failed = useSignal(false)
  const { model, texts, loadVerification } = view
  // Read here, so that the step is rendered together with the form, before the focus is set.
  const status = model.status.value
  const load = useCallback(() => {
    failed.value = false
    loadVerification().then(
      (step) => {
        loaded.value = step
      },
      () => {
        failed.value = true
      },
    )
  }, [loadVerification, loaded, failed])
  useLayoutEffect(load, [load])

  const Step = loaded.value
  return (
    <>
      <h2 class="anketa-title" part="title" tabIndex={-1}>
        {texts.verification}
      </h2>
      {Step ? (
        <Step view={view} status={status} />
      ) : (
        failed.value && (
          <>
            <p class="anketa-notice anketa-failure" part="notice" role="alert">
              {texts.verificationFailed}
            </p>
            <div class="anketa-actions" part="actions">
              <button
                type="button"
                class="anketa-button anketa-main"
                part="button button-main"
                data-action="retry"
                onClick={load}
              >
                {texts.retryLoading}
              </button>
            </div>
          </>
        )
      )}
    </>
  )
}
