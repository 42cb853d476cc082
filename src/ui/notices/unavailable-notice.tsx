import type { ReadonlySignal } from '@preact/signals'
import { render } from 'preact'
import { ShownText } from '../shown-text.tsx'

/** The texts in place of a form that has not come yet. */
export interface UnavailableTexts {
  readonly unavailable: string
  readonly load: string
  readonly loading: string
}

/** Renders that a form has not come yet, with a button that asks for it at once. */
export function renderUnavailable(
  root: ShadowRoot,
  { unavailable, load, loading }: UnavailableTexts,
  isAsking: ReadonlySignal<boolean>,
  askNow: () => void,
): void {
  function Unavailable() {
    const asking = isAsking.value
    return (
      <section class="anketa" part="form">
        <p class="anketa-notice" part="notice" role="status">
          {unavailable}
        </p>
        <div class="anketa-actions" part="actions">
          <button
            type="button"
            class="anketa-button anketa-main"
            part="button button-main"
            data-action="load"
            aria-disabled={asking ? 'true' : undefined}
            onClick={askNow}
          >
            <ShownText text={asking ? loading : load} />
          </button>
        </div>
      </section>
    )
  }
  render(<Unavailable />, root)
}
