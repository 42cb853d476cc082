import { useSignal } from '@preact/signals'
import { formatOfferCosts } from '../../i18n/offer-costs.ts'
import type { EndingTexts } from '../../i18n/texts.ts'
import type { FollowUp, ShownOffer } from '../../state/form-ports.ts'
import type { FormView } from '../form-view.ts'

/** Properties of the offers after an outcome. */
export interface OffersProps {
  readonly view: FormView
  readonly followUp: FollowUp
  readonly texts: EndingTexts
}

/** The offers after an outcome, each with a link of its own. Values of the form are in none of them. */
export function Offers({ view, followUp, texts }: OffersProps) {
  const headingId = `${view.uid}-offers`
  return (
    <section class="anketa-offers" part="offers" aria-labelledby={headingId}>
      <h3 class="anketa-offers-title" part="offers-title" id={headingId}>
        {texts.offers}
      </h3>
      <ul class="anketa-offer-list" part="offer-list">
        {followUp.offers.map((offer, index) => (
          <OfferCard
            key={index}
            view={view}
            offer={offer}
            number={index + 1}
            texts={texts}
            onOpen={() => followUp.openOffer(index)}
          />
        ))}
      </ul>
      <p class="anketa-risks" part="offer-risks">
        {texts.risks}
      </p>
    </section>
  )
}

interface OfferCardProps {
  readonly view: FormView
  readonly offer: ShownOffer
  readonly number: number
  readonly texts: EndingTexts
  onOpen(): void
}

function OfferCard({ view, offer, number, texts, onOpen }: OfferCardProps) {
  const { title, text, url, logo, advertiser = title, erid } = offer
  const costs = formatOfferCosts(offer, texts, view.lang ?? 'ru')
  return (
    <li class="anketa-offer" part="offer" data-offer={number}>
      <div class="anketa-offer-body" part="offer-body">
        <OfferLogo address={logo} title={title} />
        <h4 class="anketa-offer-title" part="offer-title">
          {title}
        </h4>
        {costs.length > 0 && (
          <dl class="anketa-costs" part="offer-costs">
            {costs.map(({ label, value }) => (
              <div key={label} class="anketa-cost" part="offer-cost">
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {text && (
          <p class="anketa-offer-text" part="offer-text">
            {text}
          </p>
        )}
      </div>
      <a
        class="anketa-button anketa-main anketa-offer-button"
        part="button button-main button-offer"
        data-action="offer"
        href={url}
        target="_blank"
        rel="noopener"
        onClick={onOpen}
        // The middle button opens a link, too.
        onAuxClick={({ button }) => {
          if (button === 1) onOpen()
        }}
      >
        {texts.open}
        <span class="anketa-unseen">
          {' '}
          {title}, {view.texts.opensInNewTab}
        </span>
      </a>
      <p class="anketa-mark" part="offer-mark">
        {texts.advertisement}. {advertiser}
        {erid && (
          <>
            .{' '}
            <span class="anketa-erid" part="offer-erid">
              erid: {erid}
            </span>
          </>
        )}
      </p>
    </li>
  )
}

/** A logo, or the first letter of the title where there is none or the page's policy does not allow the image. */
function OfferLogo({ address, title }: { readonly address: string | undefined; readonly title: string }) {
  const failed = useSignal(false)
  return (
    <span class="anketa-logo" part="offer-logo" aria-hidden="true">
      {address === undefined || failed.value ? (
        title
          .replace(/[^\p{L}\p{N}]/gu, '')
          .charAt(0)
          .toUpperCase()
      ) : (
        <img
          src={address}
          alt=""
          class="anketa-logo-image"
          part="offer-image"
          referrerPolicy="no-referrer"
          onError={() => {
            failed.value = true
          }}
        />
      )}
    </span>
  )
}
