import { useSignal } from '@preact/signals'
import type { EndingName, LenderOffer } from '../../../../form/after-outcome.ts'
import { Icon } from '../../../parts/icon.tsx'
import { useBuilder } from '../../builder-context.ts'
import { updateEnding } from '../../model/edit-consents.ts'
import { moveItem, removeItem, replaceItem, withChanges } from '../../model/edit-steps.ts'
import { formatRate, parseRate } from '../../model/offer-rate.ts'
import { DecimalInput, LinesInput, TextInput } from '../inputs.tsx'

/** The offers of others that a person sees after an outcome, in their order. */
export function OfferSettings({ ending }: { readonly ending: EndingName }) {
  const { model, texts: allTexts } = useBuilder()
  const texts = allTexts.value.offers
  const { offers = [] } = model.form.value.after?.[ending] ?? {}
  /** Offers have no identity but their place. In another place they get inputs of their own. */
  const order = useSignal(0)

  function change(next: readonly LenderOffer[], key?: string): void {
    model.change((form) => updateEnding(form, ending, { offers: next.length > 0 ? next : undefined }), key)
  }
  function reorder(next: readonly LenderOffer[]): void {
    order.value += 1
    change(next)
  }

  return (
    <details>
      <summary>{texts.summary(offers.length)}</summary>
      <div class="stack">
        {offers.map((offer, index) => (
          <OfferInputs
            key={`${order.value}-${index}`}
            offer={offer}
            index={index}
            count={offers.length}
            onChange={(changes) =>
              change(
                replaceItem(offers, index, withChanges(offer, changes)),
                `${ending}.${index}.${Object.keys(changes).join()}`,
              )
            }
            onMove={(to) => reorder(moveItem(offers, index, to))}
            onRemove={() => reorder(removeItem(offers, index))}
          />
        ))}
        <button type="button" class="button" onClick={() => change([...offers, { title: '', url: '' }])}>
          {texts.add}
        </button>
      </div>
    </details>
  )
}

function OfferInputs({
  offer,
  index,
  count,
  onChange,
  onMove,
  onRemove,
}: {
  readonly offer: LenderOffer
  readonly index: number
  readonly count: number
  readonly onChange: (changes: Partial<LenderOffer>) => void
  readonly onMove: (to: number) => void
  readonly onRemove: () => void
}) {
  const { texts: allTexts } = useBuilder()
  const { offers: texts, outline } = allTexts.value
  const name = texts.title(index + 1)
  const { fullCost } = offer

  /** With one of the two the other one is the same. */
  function changeCost(min: number | undefined, max: number | undefined): void {
    const [least, most] = [min ?? max, max ?? min]
    onChange({ fullCost: least === undefined || most === undefined ? undefined : { min: least, max: most } })
  }

  return (
    <fieldset class="consent-inputs stack">
      <legend>
        <strong>{name}</strong>
      </legend>
      <TextInput label={texts.name} value={offer.title} onChange={(title = '') => onChange({ title })} />
      <LinesInput label={texts.text} rows={2} value={offer.text} onChange={(text) => onChange({ text })} />
      <TextInput
        isAddress
        label={texts.url}
        hint={texts.urlHint}
        value={offer.url}
        placeholder="https://…"
        onChange={(url = '') => onChange({ url })}
      />
      <div class="pair">
        <DecimalInput
          label={texts.costFrom}
          value={fullCost?.min}
          onChange={(min) => changeCost(min, fullCost?.max)}
        />
        <DecimalInput
          label={texts.costTo}
          value={fullCost?.max}
          onChange={(max) => changeCost(fullCost?.min, max)}
        />
      </div>
      <TextInput
        label={texts.rate}
        hint={texts.rateHint}
        value={formatRate(offer.rate)}
        onChange={(rate) => onChange({ rate: parseRate(rate) })}
      />
      <div class="pair">
        <TextInput
          label={texts.advertiser}
          value={offer.advertiser}
          onChange={(advertiser) => onChange({ advertiser })}
        />
        <TextInput label={texts.erid} value={offer.erid} onChange={(erid) => onChange({ erid })} />
      </div>
      <TextInput
        isAddress
        label={texts.logo}
        hint={texts.logoHint}
        value={offer.logo}
        placeholder="https://…"
        onChange={(logo) => onChange({ logo })}
      />
      <div class="tools">
        <button
          type="button"
          class="button"
          aria-label={outline.up(name)}
          disabled={index === 0}
          onClick={() => onMove(index - 1)}
        >
          <Icon name="up" />
        </button>
        <button
          type="button"
          class="button"
          aria-label={outline.down(name)}
          disabled={index === count - 1}
          onClick={() => onMove(index + 1)}
        >
          <Icon name="down" />
        </button>
        <button type="button" class="button" aria-label={outline.remove(name)} onClick={onRemove}>
          <Icon name="close" />
        </button>
      </div>
    </fieldset>
  )
}
