import { useSignal } from '@preact/signals'
import { useCallback, useLayoutEffect } from 'preact/hooks'
import type { FormView, ReviewComponent } from '../form-view.ts'

/** Renders the answers once their code has loaded. If that fails, the person can try again, or go on without. */
export function ReviewSlot({ view }: { readonly view: FormView }) {
  const loaded = useSignal<ReviewComponent | undefined>(undefined)
  const failed = useSignal(false)
  const { loadReview, texts } = view
  const load = useCallback(() => {
    failed.value = false
    loadReview?.().then(
      (review) => {
        loaded.value = review
      },
      () => {
        failed.value = true
      },
    )
  }, [loadReview, loaded, failed])
  useLayoutEffect(load, [load])

  const Review = loaded.value
  if (Review) return <Review view={view} />
  if (!failed.value) return null
  return (
    <p class="anketa-notice anketa-failure" part="notice" role="alert">
      {texts.loadingFailed}{' '}
      <button type="button" class="anketa-link" part="link" data-action="retry" onClick={load}>
        {texts.retryLoading}
      </button>
    </p>
  )
}
