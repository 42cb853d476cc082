import { untracked, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { parseText } from '../../fields/field-kind.ts'
import { type FieldName, fieldOf } from '../../fields/fields.ts'
import type { StreetFields } from '../../fields/place/street-fields.ts'
import type { AddressRow } from '../../places/streets/street-directory.ts'
import type { FindAddressRows } from '../../places/streets/street-finder.ts'
import { addressText, findExactRow, namesHousing } from '../../places/streets/street-names.ts'
import { ListBox } from '../combobox/list-box.tsx'
import { useCombobox } from '../combobox/use-combobox.ts'
import type { FormView, PlaceListProps } from '../form-view.ts'
import { StreetIndexOffer } from './street-index-offer.tsx'
import { cityCode, placeTexts } from './place-choice.ts'
import { findNamesakes, PlaceOption } from './place-option.tsx'

interface StreetSlotProps extends Omit<PlaceListProps, 'place'> {
  readonly fields: StreetFields
  readonly find: FindAddressRows
}

/**
 * Suggests the streets of the city whose code is known, or the houses of the street whose code is known. Any other text is
 * accepted as it is. Without a code the field is a plain input.
 */
export function StreetSlot(props: StreetSlotProps) {
  const { view, fields } = props
  const within = useComputed(() => codeWithin(view, fields)).value
  // The list of another city or street is another one.
  return within && <StreetSuggestions key={within} {...props} within={within} />
}

/** The code of the city of a street, or of the street of a house; empty if it is unknown. */
function codeWithin({ model }: FormView, { list, place, streetKladr }: StreetFields): string {
  const ofStreet = streetKladr && model.fields[streetKladr]?.value.value
  const code = list === 'streets' ? cityCode(model, place) : ofStreet
  return typeof code === 'string' ? code : ''
}

function StreetSuggestions(props: StreetSlotProps & { readonly within: string }) {
  const { view, field, input, id, label, fields, find, within } = props
  const { model } = view
  const { name } = field
  const { list: kind, code, houseKladr, housing, housingKladr } = fields
  const popup = useRef<HTMLDivElement>(null)
  const listId = `${id}-list`
  const chosen = useSignal<AddressRow | undefined>(undefined)
  // Without a subscription: a key must not render the list again before its items are found.
  const read = (name: FieldName | undefined): string => (name && model.fields[name]?.text.peek()) ?? ''

  const findRows = async (text: string, signal: AbortSignal): Promise<readonly AddressRow[]> => {
    const rows = await find({ list: kind, within, text }, signal)
    // Such as a house whose number is longer than the field may be.
    return rows.filter((row) => 'value' in (parseText(fieldOf(name).kind, addressText(row)) ?? {}))
  }
  /** Sets the code of what was looked up, which is no change by a person: a form that nobody has begun stays so. */
  const setCode = (field: FieldName, row: AddressRow): void => {
    chosen.value = row
    if (model.touched.peek()) model.fill({ [field]: row.kladr })
    else model.fields[field]?.setValue(row.kladr)
  }
  /** Takes the code of the only row that has exactly this text. The text stays as it was typed. */
  const takeTyped = async (): Promise<void> => {
    const text = read(name)
    const isOpen = (): boolean =>
      read(name) === text && !read(code) && untracked(() => codeWithin(view, fields)) === within
    if (!code || text.trim() === '' || !isOpen()) return
    const rows = await findRows(text, new AbortController().signal).catch(() => [])
    const row = findExactRow(rows, text)
    if (row && isOpen()) setCode(code, row)
  }
  const { list, busy, scrollTo } = useCombobox<AddressRow>(input, popup, listId, {
    find: findRows,
    // A click finds what is like the text: all streets of a city are too many to look through.
    isChosen: () => false,
    findCertain: findExactRow,
    textOf: addressText,
    choose(row) {
      chosen.value = row
      model.fill({ [name]: addressText(row), ...(code && { [code]: row.kladr }) })
    },
    commit: () => void takeTyped(),
  })

  const latestTake = useRef(takeTyped)
  latestTake.current = takeTyped
  useLayoutEffect(() => {
    // The text was there before the code of its city or street.
    if (!input.current?.matches(':focus')) void latestTake.current()
  }, [input])

  useSignalEffect(() => {
    const row = chosen.value
    const text = housing && model.fields[housing]?.text.value
    const isChosen = houseKladr && model.fields[houseKladr]?.text.value === row?.kladr
    if (row && text && isChosen && housingKladr && namesHousing(row, text))
      untracked(() => setCode(housingKladr, row))
  })

  const places = placeTexts(view)
  const { items, query = '' } = list ?? {}
  // A street may have no houses in the directory at all.
  const isEmpty = kind === 'streets' && items?.length === 0 && query.trim() !== ''
  const namesakes = findNamesakes(items?.map((row) => ({ name: addressText(row) })))
  useLayoutEffect(() => {
    const count = items?.length ?? 0
    if (places && (isEmpty || count > 0)) view.live.announce(isEmpty ? places.none : places.found(count))
  }, [items, isEmpty, view, places])
  return (
    <>
      <div class="anketa-popup" ref={popup}>
        {isEmpty && places && (
          <p class="anketa-list anketa-none" part="listbox-empty" aria-hidden="true">
            {places.none}
          </p>
        )}
        <ListBox
          id={listId}
          label={label}
          list={list}
          busy={busy}
          keyOf={(row) => `${row.kladr} ${addressText(row)}`}
          onScroll={scrollTo}
        >
          {(row) => {
            const text = addressText(row)
            const isNamesake = namesakes.has(text)
            return (
              <PlaceOption name={text} detail={isNamesake ? (row.index ?? '') : ''} isNamesake={isNamesake} />
            )
          }}
        </ListBox>
      </div>
      <StreetIndexOffer {...props} chosen={chosen} />
    </>
  )
}
