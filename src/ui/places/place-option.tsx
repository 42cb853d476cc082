import type { City, Region } from '../../places/place.ts'

/** What distinguishes a place from others of its name: its type, unless it is a town, and its region, unless that is chosen. */
export function placeDetail(place: City | Region, chosenRegion: string): string {
  const type = 'type' in place && place.type !== 'г' && place.type
  const where = 'region' in place && ![place.name, chosenRegion].includes(place.region) && place.region
  return [type, where].filter(Boolean).join(', ')
}

/** A place with its detail, which is emphasized among namesakes. */
export function PlaceOption({
  name,
  detail,
  isNamesake,
}: {
  readonly name: string
  readonly detail: string
  readonly isNamesake: boolean
}) {
  return (
    <>
      <span class="anketa-option-name" part="option-name">
        {name}
      </span>{' '}
      {detail && (
        <span
          class={isNamesake ? 'anketa-option-region' : 'anketa-option-region anketa-muted'}
          part="option-region"
        >
          {detail}
        </span>
      )}
    </>
  )
}

/** Lists longer than this are not searched for namesakes, because they hold places of one region. */
const namesakeScanLimit = 1000

/** The names that more than one option has. */
export function findNamesakes(items: readonly { readonly name: string }[] = []): ReadonlySet<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { name } of items.length > namesakeScanLimit ? [] : items) {
    if (seen.has(name)) repeated.add(name)
    seen.add(name)
  }
  return repeated
}
