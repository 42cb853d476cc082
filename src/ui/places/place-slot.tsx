import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { placeFieldsOf } from '../../fields/place/place-fields.ts'
import type { TextElement } from '../input/bind-text.ts'
import { fieldIds, fieldLabel } from '../fields/field-frame.tsx'
import type { FieldProps, PlaceListComponent } from '../form-view.ts'

/** Renders the list of places once it has loaded. Until then, and without it, the input works alone. */
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
  const place = placeFieldsOf(field.name)
  const List = loaded.value
  if (!place || !List) return null
  return <List {...props} place={place} id={fieldIds(props).id} label={fieldLabel(props)} />
}
