import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { fieldOf } from '../../fields/fields.ts'
import { placeFieldsOf } from '../../fields/place/place-fields.ts'
import type { TextElement } from '../input/bind-text.ts'
import { fieldIds, fieldLabel } from '../fields/field-frame.tsx'
import type { FieldProps, PlaceListComponent } from '../form-view.ts'

/** Whether a field has a list of suggestions: a region or a city, and what the relay has a directory of. */
export function hasSuggestions({ view, field: { name } }: Pick<FieldProps, 'view' | 'field'>): boolean {
  const { departments, streets } = view.definition
  return (
    fieldOf(name).kind.control === 'place' ||
    (departments === true && name === 'passportIssuedBy') ||
    (streets === true && /^[a-z]+(?:Street|House)$/.test(name))
  )
}

/** Renders the list of suggestions once it has loaded. Until then, and without it, the input works alone. */
export function PlaceSlot(props: FieldProps & { readonly input: RefObject<TextElement | null> }) {
  const { view, field } = props
  const loaded = useSignal<PlaceListComponent | undefined>(undefined)
  useLayoutEffect(() => {
    view.loadPlaceList?.().then(
      (List) => {
        loaded.value = List
      },
      // The field works without a list.
      () => undefined,
    )
  }, [view, loaded])
  const List = loaded.value
  if (!List) return null
  return (
    <List {...props} place={placeFieldsOf(field.name)} id={fieldIds(props).id} label={fieldLabel(props)} />
  )
}
