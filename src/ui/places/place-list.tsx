import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FieldName } from '../../fields/fields.ts'
import type { PlaceFinder } from '../../places/place-finder.ts'
import type { City, Region } from '../../places/place.ts'
import type { PlaceListComponent, PlaceListProps } from '../form-view.ts'
import { fieldLabel } from '../fields/field-frame.tsx'
import { ListBox } from '../combobox/list-box.tsx'
import { cityTexts, regionHint, regionTexts } from './place-choice.ts'
import { findNamesakes, PlaceOption } from './place-option.tsx'
import { useCombobox } from '../combobox/use-combobox.ts'

/** Creates the component that suggests regions and cities, with the finder of the places. */
export function createPlaceList(finder: PlaceFinder): PlaceListComponent {
  return (props) => <PlaceSuggestions {...props} finder={finder} />
}

function PlaceSuggestions(props: PlaceListProps & { readonly finder: PlaceFinder }) {
  const { view, field, input, id, label, place, finder } = props
  const { model, texts } = view
  const { name } = field
  const popup = useRef<HTMLDivElement>(null)
  const listId = `${id}-list`
  const isRegion = name === place.region
  // Without a subscription: a key must not render the list again before its items are found.
  const read = (field: FieldName | undefined): string => (field && model.fields[field]?.text.peek()) ?? ''

  const find = (text: string, signal: AbortSignal): Promise<readonly (City | Region)[]> =>
    isRegion ? finder.regions(text) : finder.cities(text, regionHint(place, read), signal)
  const choose = (choice: City | Region): void => {
    const before = read(place.region)
    model.fill('region' in choice ? cityTexts(place, choice) : regionTexts(place, choice, read))
    const filled = model.step.peek()?.fields.find((one) => one.name === place.region && one.name !== name)
    const region = read(place.region)
    if (filled && region && region !== before)
      view.live.announceSoon(`${fieldLabel({ view, field: filled })}: ${region}`)
  }
  const isChosen = (): boolean =>
    (isRegion ? [place.regionId, place.regionKladr] : [place.cityId, place.cityKladr]).some(read)
  /** Chooses the place whose full name was typed, if there is only one. */
  const chooseTyped = async (): Promise<void> => {
    const text = read(name)
    if (isChosen() || text.trim() === '') return
    const { signal } = new AbortController()
    const found = isRegion
      ? finder.findRegionByName(text)
      : finder.findCityByName(text, regionHint(place, read), signal)
    const match = await found.catch(() => undefined)
    if (match && read(name) === text && !isChosen()) choose(match)
  }
  const state = useCombobox<City | Region>(input, popup, listId, {
    find,
    isChosen,
    choose,
    clear: () => model.type(name, ''),
    commit: () => void chooseTyped(),
  })

  const latestFind = useRef(find)
  latestFind.current = find
  useLayoutEffect(() => {
    const element = input.current
    // Loads the places before the first key.
    const load = (): void => void latestFind.current('', new AbortController().signal).catch(() => undefined)
    load()
    element?.addEventListener('focus', load)
    return () => element?.removeEventListener('focus', load)
  }, [input])

  const { items, text } = state.value
  const namesakes = findNamesakes(items)
  const isEmpty = items?.length === 0 && text.trim() !== ''
  useLayoutEffect(() => {
    const count = items?.length ?? 0
    if (isEmpty || count > 0) view.live.announce(isEmpty ? texts.places.none : texts.places.found(count))
  }, [items, isEmpty, view, texts])
  return (
    <div class="anketa-popup" ref={popup}>
      {isEmpty && (
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
        {(item) => (
          <PlaceOption place={item} isNamesake={namesakes.has(item.name)} region={read(place.region)} />
        )}
      </ListBox>
    </div>
  )
}
