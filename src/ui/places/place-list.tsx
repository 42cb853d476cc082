import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FieldName } from '../../fields/fields.ts'
import type { PlaceFields } from '../../fields/place/place-fields.ts'
import { streetFieldsOf } from '../../fields/place/street-fields.ts'
import { findByName, type PlaceFinder } from '../../places/place-finder.ts'
import type { City, Region } from '../../places/place.ts'
import type { FindAddressRows } from '../../places/streets/street-finder.ts'
import type { PlaceListComponent, PlaceListProps } from '../form-view.ts'
import { fieldLabel } from '../fields/field-frame.tsx'
import { ListBox } from '../combobox/list-box.tsx'
import { useCombobox } from '../combobox/use-combobox.ts'
import { DepartmentList, type FindDepartments } from './department-list.tsx'
import { cityTexts, fillPlace, placeTexts, regionHint, regionTexts } from './place-choice.ts'
import { findNamesakes, placeDetail, PlaceOption } from './place-option.tsx'
import { StreetSlot } from './street-list.tsx'

/** How long it may take until a field has been left, in milliseconds. */
const leaveMs = 50

/** Creates the component that suggests regions and cities, departments, and streets and houses, with their finders. */
export function createPlaceList(
  finder: PlaceFinder,
  findDepartments: FindDepartments = async () => [],
  findStreets: FindAddressRows = async () => [],
): PlaceListComponent {
  return ({ place, ...props }) => {
    if (place) return <PlaceSuggestions {...props} place={place} finder={finder} />
    const street = streetFieldsOf(props.field.name)
    if (street) return <StreetSlot {...props} fields={street} find={findStreets} />
    return <DepartmentList {...props} find={findDepartments} />
  }
}

interface PlaceSuggestionsProps extends Omit<PlaceListProps, 'place'> {
  readonly place: PlaceFields
  readonly finder: PlaceFinder
}

function PlaceSuggestions(props: PlaceSuggestionsProps) {
  const { view, field, input, id, label, place, finder } = props
  const { model } = view
  const { name } = field
  const popup = useRef<HTMLDivElement>(null)
  const listId = `${id}-list`
  const isRegion = name === place.region
  // Without a subscription: a key must not render the list again before its items are found.
  const read = (field: FieldName | undefined): string => (field && model.fields[field]?.text.peek()) ?? ''

  const find = (text: string, signal: AbortSignal): Promise<readonly (City | Region)[]> =>
    isRegion ? finder.regions(text) : finder.cities(text, regionHint(place, read), signal)
  /** Loads the cities of the region while the person is on the way to their field. */
  const loadCities = (): void =>
    void finder.cities('', regionHint(place, read), new AbortController().signal).catch(() => undefined)
  const choose = (choice: City | Region): void => {
    const before = read(place.region)
    const texts = 'region' in choice ? cityTexts(place, choice) : regionTexts(place, choice, read)
    fillPlace(model, place, texts, read)
    if (isRegion && model.fields[place.city]) loadCities()
    const filled = model.step.peek()?.fields.find((one) => one.name === place.region && one.name !== name)
    const region = read(place.region)
    if (filled && region && region !== before)
      view.live.announceSoon(`${fieldLabel({ view, field: filled })}: ${region}`)
  }
  const isChosen = (): boolean =>
    (isRegion ? [place.regionId, place.regionKladr] : [place.cityId, place.cityKladr]).some(read)
  /** Chooses the place whose full name was typed, if there is only one. Remarks upon one that is not in Russian letters. */
  const chooseTyped = async (): Promise<void> => {
    const text = read(name)
    const region = read(place.region)
    const isOpen = (): boolean => read(name) === text && !isChosen()
    if (text.trim() === '' || !isOpen()) return
    const { signal } = new AbortController()
    const found = isRegion
      ? finder.findRegionByName(text)
      : finder.findCityByName(text, regionHint(place, read), signal)
    const match = await found.catch(() => undefined)
    if (!isOpen()) return
    // The answer was for another region.
    if (read(place.region) !== region) return chooseTyped()
    if (match) return choose(match)
    const remark = (): void => {
      const message = placeTexts(view)?.inRussian
      if (message && isOpen() && isLatin(text)) props.model.message.value = { message, warning: true }
    }
    // Leaving the field removes its message, in the same event or in a task of its own.
    setTimeout(() => void view.loadLaterViews().then(remark, () => undefined), leaveMs)
  }
  const { list, busy, scrollTo } = useCombobox<City | Region>(input, popup, listId, {
    find,
    isChosen,
    findCertain: findByName,
    textOf: (choice) => choice.name,
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

  const places = placeTexts(view)
  const { items, query = '' } = list ?? {}
  const namesakes = findNamesakes(items)
  const isEmpty = items?.length === 0 && query.trim() !== ''
  const detailOf = (item: City | Region): string => placeDetail(item, read(place.region))
  useLayoutEffect(() => {
    const count = items?.length ?? 0
    if (places && (isEmpty || count > 0)) view.live.announce(isEmpty ? places.none : places.found(count))
  }, [items, isEmpty, view, places])
  return (
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
        keyOf={(item) => `${item.id} ${item.name} ${detailOf(item)}`}
        onScroll={scrollTo}
      >
        {(item) => (
          <PlaceOption name={item.name} detail={detailOf(item)} isNamesake={namesakes.has(item.name)} />
        )}
      </ListBox>
    </div>
  )
}

function isLatin(text: string): boolean {
  return /[a-z]/i.test(text) && !/[а-яё]/i.test(text)
}
