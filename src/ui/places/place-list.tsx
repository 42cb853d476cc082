import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FieldName } from '../../fields/fields.ts'
import type { PlaceFinder } from '../../places/place-finder.ts'
import type { City, Region } from '../../places/place.ts'
import type { PlaceListComponent, PlaceListProps } from '../form-view.ts'
import { ListBox } from '../combobox/list-box.tsx'
import { cityTexts, regionHint, regionTexts } from './place-choice.ts'
import { findNamesakes, PlaceOption } from './place-option.tsx'
import { useCombobox } from '../combobox/use-combobox.ts'

// Loaded on demand: whatever is imported here, types aside, is not shared with the script and is loaded a second time.

/** Creates the list that helps to type a region or a city, with what finds the places. */
export function createPlaceList(finder: PlaceFinder): PlaceListComponent {
  return (props) => <PlaceSuggestions {...props} finder={finder} />
}

function PlaceSuggestions(props: PlaceListProps & { readonly finder: PlaceFinder }) {
  const { view, request, input, id, label, place, finder } = props
  const { model, texts } = view
  const { name } = request
  const popup = useRef<HTMLDivElement>(null)
  const listId = `${id}-list`
  const isRegion = name === place.region
  const read = (field: FieldName | undefined): string => (field && model.fields[field]?.text.value) ?? ''

  const find = (text: string, signal: AbortSignal): Promise<readonly (City | Region)[]> =>
    isRegion ? finder.regions(text) : finder.cities(text, regionHint(place, read), signal)
  const choose = (choice: City | Region): void =>
    model.fill('region' in choice ? cityTexts(place, choice) : regionTexts(place, choice, read))
  const isChosen = (): boolean =>
    (isRegion ? [place.regionId, place.regionKladr] : [place.cityId, place.cityKladr]).some(read)
  /** What was typed in full is the place itself, if there is one only. */
  const confirm = async (): Promise<void> => {
    const text = read(name)
    if (isChosen() || text.trim() === '') return
    const { signal } = new AbortController()
    const found = isRegion
      ? finder.findRegionByName(text)
      : finder.findCityByName(text, regionHint(place, read), signal)
    const known = await found.catch(() => undefined)
    if (known && read(name) === text && !isChosen()) choose(known)
  }
  const state = useCombobox<City | Region>(input, popup, listId, {
    find,
    isChosen,
    choose,
    clear: () => model.type(name, ''),
    commit: () => void confirm(),
  })

  const warm = useRef(find)
  warm.current = find
  useLayoutEffect(() => {
    const line = input.current
    // The list is on its way before the first key.
    const load = (): void => void warm.current('', new AbortController().signal).catch(() => undefined)
    load()
    line?.addEventListener('focus', load)
    return () => line?.removeEventListener('focus', load)
  }, [input])

  const { items, text } = state.value
  const namesakes = findNamesakes(items)
  const nothing = items?.length === 0 && text.trim() !== ''
  return (
    <div class="anketa-popup" ref={popup}>
      {/* Always there: a region that appears together with its words is not read out. */}
      <p class="anketa-unseen" role="status">
        {nothing ? texts.places.none : items && items.length > 0 && texts.places.found(items.length)}
      </p>
      {nothing && (
        <p class="anketa-list anketa-none" part="listbox-empty" aria-hidden="true">
          {texts.places.none}
        </p>
      )}
      <ListBox
        id={listId}
        label={label}
        state={state.value}
        onScroll={(top) => {
          state.value = { ...state.value, top }
        }}
      >
        {(found) => (
          <PlaceOption found={found} isNamesake={namesakes.has(found.name)} region={read(place.region)} />
        )}
      </ListBox>
    </div>
  )
}
