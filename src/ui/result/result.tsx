import type { FinalOutcome } from '../../lead/delivery.ts'
import type { FormView } from '../form-view.ts'
import { Offers } from './offers.tsx'

/** The result of the form, and what follows it: offers, the next page, a new application. */
export function Result({ view, outcome }: { readonly view: FormView; readonly outcome: FinalOutcome }) {
  const { model, texts } = view
  const actions = model.actions()
  const followUp = actions?.followUp()
  const { ending = {}, redirect } = followUp ?? {}
  const { title, text } = texts.results[outcome]
  const own = texts.ending
  const number = actions?.sending.number()
  const isTaken = outcome === 'accepted' || outcome === 'queued'
  const hasOffers = followUp !== undefined && followUp.offers.length > 0
  return (
    <div
      key={outcome}
      class="anketa-result"
      part="result"
      data-outcome={outcome}
      data-with={hasOffers ? 'offers' : undefined}
    >
      <header part="header">
        <span class="anketa-sign" part="result-sign" aria-hidden="true" />
        <h2 class="anketa-title" part="title" tabIndex={-1}>
          {ending.title ?? title}
        </h2>
      </header>
      <p class="anketa-text" part="result-text">
        {ending.text ?? text}
      </p>
      {own && number !== undefined && (
        <p class="anketa-number" part="result-number">
          {own.number(number)}
        </p>
      )}
      {own && isTaken && !hasOffers && (
        <p class="anketa-text" part="result-advice">
          {own.advice}
        </p>
      )}
      {own && redirect !== undefined && (
        <>
          <p class="anketa-text" part="result-text">
            {own.redirecting}
          </p>
          <div class="anketa-actions" part="actions">
            <a
              class="anketa-button anketa-main"
              part="button button-main button-continue"
              data-action="continue"
              href={redirect}
              onClick={followUp?.stay}
            >
              {own.continue}
            </a>
          </div>
        </>
      )}
      {own && hasOffers && <Offers view={view} followUp={followUp} texts={own} />}
      {own && actions && ending.again && (
        <div class="anketa-actions" part="actions">
          <button
            type="button"
            class={`anketa-button ${hasOffers || redirect !== undefined ? '' : 'anketa-main'}`}
            part="button button-again"
            data-action="again"
            onClick={actions.again}
          >
            {own.again}
          </button>
        </div>
      )}
    </div>
  )
}
