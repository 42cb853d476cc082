import type { FunctionComponent, RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FieldName } from '../fields/fields.ts'
import type { PlaceParts } from '../fields/place-parts.ts'
import type { PlaceFinder } from '../places/place-finder.ts'
import type { City, Region } from '../places/place.ts'
import type { TextElement } from './bind-text.ts'
import type { FieldProps } from './field-frame.tsx'
import { ListBox } from './list-box.tsx'
import { cityTexts, regionHint, regionTexts } from './place-choice.ts'
import { useCombobox } from './use-combobox.ts'

// Loaded on demand: whatever is imported here, types aside, is not shared with the script and is loaded a second time.

/** What the list of places is given. */
export interface PlaceListProps extends FieldProps {
  readonly input: RefObject<TextElement | null>
  /** The input's id. */
  readonly id: string
  readonly label: string
  readonly place: PlaceParts
}

/** See {@link createPlaceList}. */
export type PlaceListComponent = FunctionComponent<PlaceListProps>

/** Creates the list that helps to type a region or a city, with what finds the places. */
export function createPlaceList(finder: PlaceFinder): PlaceListComponent {
  return (props) => <PlaceList {...props} finder={finder} />
}

type Place = City | Region

function PlaceList(props: PlaceListProps & { readonly finder: PlaceFinder }) {
  const { view, request, input, id, label, place, finder } = props
  const { texts } = view
  const popup = useRef<HTMLDivElement>(null)
  const listId = `${id}-list`
  const isRegion = request.name === place.region
  const read = (field: FieldName | undefined): string => (field && view.model.fields[field]?.text.value) ?? ''

  const find = (text: string, signal: AbortSignal): Promise<readonly Place[]> =>
    isRegion ? finder.regions(text) : finder.cities(text, regionHint(place, read), signal)
  const choose = (choice: Place): void => {
    view.model.fill('region' in choice ? cityTexts(place, choice) : regionTexts(place, choice, read))
  }
  const isChosen = (): boolean =>
    (isRegion ? [place.regionId, place.regionKladr] : [place.cityId, place.cityKladr]).some(read)
  /** What was typed in full is the place itself, if there is one only. */
  const confirm = async (): Promise<void> => {
    const text = read(request.name)
    if (isChosen() || text.trim() === '') return
    const { signal } = new AbortController()
    const named = isRegion
      ? finder.regionNamed(text)
      : finder.cityNamed(text, regionHint(place, read), signal)
    const found = await named.catch(() => undefined)
    if (found && read(request.name) === text && !isChosen()) choose(found)
  }
  const { state, choose: pick } = useCombobox<Place>({
    input,
    popup,
    listId,
    find,
    isChosen,
    choose,
    clear: () => view.model.type(request.name, ''),
    commit: () => void confirm(),
  })

  useLayoutEffect(() => {
    const line = input.current
    // The list is on its way before the first key.
    const warm = (): void => void find('', new AbortController().signal).catch(() => undefined)
    warm()
    line?.addEventListener('focus', warm)
    return () => line?.removeEventListener('focus', warm)
  }, [input])

  const { items, text } = state.value
  const namesakes = namesakesIn(items)
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
        onPick={pick}
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

/** A place; a city with its region, unless that is chosen already. It matters most among cities of the same name. */
function PlaceOption({
  found,
  isNamesake,
  region,
}: {
  readonly found: Place
  readonly isNamesake: boolean
  readonly region: string
}) {
  const type = 'type' in found && found.type !== 'г' && found.type
  const where = 'region' in found && found.region !== found.name && found.region !== region && found.region
  return (
    <>
      <span class="anketa-option-name">{found.name}</span>{' '}
      {(type || where) && (
        <span class={isNamesake ? 'anketa-option-region' : 'anketa-option-region anketa-muted'}>
          {[type, where].filter(Boolean).join(', ')}
        </span>
      )}
    </>
  )
}

/** So many options are looked through for names that repeat: more are never shown of different regions. */
const manyOptions = 1000

function namesakesIn(items: readonly Place[] = []): ReadonlySet<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { name } of items.length > manyOptions ? [] : items) {
    if (seen.has(name)) repeated.add(name)
    seen.add(name)
  }
  return repeated
}
