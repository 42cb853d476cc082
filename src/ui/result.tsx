import type { FinalOutcome } from '../lead/delivery.ts'
import type { FormView } from './form-view.ts'

/** The result of the form. */
export function Result({ view, outcome }: { readonly view: FormView; readonly outcome: FinalOutcome }) {
  const { title, text } = view.texts.results[outcome]
  return (
    <div key={outcome} class="anketa-result" part="result" data-outcome={outcome}>
      <span class="anketa-sign" part="result-sign" aria-hidden="true" />
      <h2 class="anketa-title" part="title" tabIndex={-1}>
        {title}
      </h2>
      <p class="anketa-text" part="result-text">
        {text}
      </p>
    </div>
  )
}
