import { html } from 'hono/html'
import type { Ending, LenderOffer } from '../../../form/after-outcome.ts'
import { formatOfferCosts } from '../../../i18n/offer-costs.ts'
import { htmlFormRu } from '../../../i18n/ru/relay.ts'
import { endingRu } from '../../../i18n/ru/results.ts'
import { fillLink, type LinkContext } from '../../../lead/links/fill-link.ts'

type Html = ReturnType<typeof html>

/** What the links of the page are filled in from. */
export interface HtmlEndingContext extends LinkContext {
  /** The address of the page with the form; empty if the browser has not sent it. */
  readonly pageUrl: string
}

/**
 * What follows an outcome on the page that answers an HTML form: a link to the next page, offers, and a link back to the
 * form for another application.
 */
export function renderEnding(
  { redirect, offers = [], again }: Ending,
  { pageUrl, ...context }: HtmlEndingContext,
): Html {
  const next =
    redirect && html`<a class="button" href="${fillLink(redirect, context)}">${endingRu.continue}</a>`
  const cards = offers.map((offer) => renderOffer(offer, context))
  return html`${next}${
    offers.length > 0 &&
    html`<h2>${endingRu.offers}</h2>
      <ul class="offers">
        ${cards}
      </ul>
      <p class="risks">${endingRu.risks}</p>`
  }${again && renderAgain(pageUrl)}`
}

function renderAgain(pageUrl: string): Html {
  return pageUrl === ''
    ? html`<p>${htmlFormRu.another}</p>`
    : html`<p><a class="again" href="${pageUrl}">${endingRu.again}</a></p>`
}

function renderOffer(offer: LenderOffer, context: LinkContext): Html {
  const { title, text, logo, url, advertiser = title, erid } = offer
  const costs = formatOfferCosts(offer, endingRu, 'ru').map(
    ({ label, value }) =>
      html`<div>
        <dt>${label}</dt>
        <dd>${value}</dd>
      </div>`,
  )
  return html`<li>
    ${logo && html`<img src="${logo}" alt="" />`}
    <h3>${title}</h3>
    ${costs.length > 0 && html`<dl>${costs}</dl>`} ${text && html`<p>${text}</p>`}
    <a
      class="button"
      href="${fillLink(url, { ...context, erid })}"
      target="_blank"
      rel="noopener"
      aria-label="${endingRu.open}: ${title}"
      >${endingRu.open}</a
    >
    <p class="mark">${endingRu.advertisement}. ${advertiser}${erid && `. erid: ${erid}`}</p>
  </li>`
}
