import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { placeFieldsOf } from '../../fields/place/place-fields.ts'
import { fieldText } from '../../i18n/texts.ts'
import type { TextElement } from '../input/bind-text.ts'
import { fieldIds } from '../fields/field-frame.tsx'
import type { FieldProps, PlaceListComponent } from '../form-view.ts'

/** Where the list of places comes once it has loaded; until then, and without it, the line above works by itself. */
export function PlaceSlot(props: FieldProps & { readonly input: RefObject<TextElement | null> }) {
  const { view, request } = props
  // In a box, as a signal is set to a value and never called.
  const loaded = useSignal<{ readonly List: PlaceListComponent } | undefined>(undefined)
  useLayoutEffect(() => {
    view.loadPlaceList?.().then(
      (List) => {
        loaded.value = { List }
      },
      // What is typed is taken without a list.
      () => undefined,
    )
  }, [view, loaded])
  const place = placeFieldsOf(request.name)
  if (!place || !loaded.value) return null
  const { List } = loaded.value
  const label = request.label ?? fieldText(request.name, view.texts).label
  return <List {...props} place={place} id={fieldIds(props).id} label={label} />
}
