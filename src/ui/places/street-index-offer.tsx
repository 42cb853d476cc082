import { type ReadonlySignal, useComputed } from '@preact/signals'
import { checkValue } from '../../fields/field-kind.ts'
import { fieldOf } from '../../fields/fields.ts'
import type { StreetFields } from '../../fields/place/street-fields.ts'
import type { AddressRow } from '../../places/streets/street-directory.ts'
import { fieldLabel } from '../fields/field-frame.tsx'
import type { PlaceListProps } from '../form-view.ts'

/** Offers the postal index of the street or house that was chosen, while that of the address is empty. */
export function StreetIndexOffer({
  view,
  input,
  fields: { list, index, code, houseKladr },
  chosen,
}: Pick<PlaceListProps, 'view' | 'input'> & {
  readonly fields: StreetFields
  readonly chosen: ReadonlySignal<AddressRow | undefined>
}) {
  const { model, texts } = view
  // A key renders the offer again only if this changes.
  const offered = useComputed(() => {
    const row = chosen.value
    const textOf = (name = index) => name && model.fields[name]?.text.value
    const isChosen = row !== undefined && code !== undefined && textOf(code) === row.kladr
    // The index of a house goes before that of its street.
    const isCoarse = list === 'streets' && houseKladr && textOf(houseKladr)
    return isChosen && !isCoarse && textOf() === '' ? row.index : undefined
  }).value
  if (!offered || !index || !texts.streets || 'code' in checkValue(fieldOf(index).kind, offered)) return null
  const text = texts.streets.fillIndex(offered)
  return (
    <button
      type="button"
      class="anketa-suggestion"
      part="suggestion"
      data-action="offer"
      onClick={() => {
        model.fill({ [index]: offered })
        const filled = model.step.peek()?.fields.find(({ name }) => name === index)
        if (filled) view.live.announceSoon(`${fieldLabel({ view, field: filled })}: ${offered}`)
        // The button is gone.
        input.current?.focus()
      }}
    >
      {text}
    </button>
  )
}
