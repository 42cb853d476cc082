import type { City, Region } from '../../places/place.ts'

/** A place; a city with its region, unless that is chosen already. The region is emphasized among namesakes. */
export function PlaceOption({
  place,
  isNamesake,
  region,
}: {
  readonly place: City | Region
  readonly isNamesake: boolean
  /** The region that is chosen. */
  readonly region: string
}) {
  const type = 'type' in place && place.type !== 'г' && place.type
  const where = 'region' in place && place.region !== place.name && place.region !== region && place.region
  return (
    <>
      <span class="anketa-option-name" part="option-name">
        {place.name}
      </span>{' '}
      {(type || where) && (
        <span
          class={isNamesake ? 'anketa-option-region' : 'anketa-option-region anketa-muted'}
          part="option-region"
        >
          {[type, where].filter(Boolean).join(', ')}
        </span>
      )}
    </>
  )
}

/** Lists longer than this are not searched for namesakes, because they hold places of one region. */
const namesakeScanLimit = 1000

/** The names that more than one option has. */
export function findNamesakes(items: readonly (City | Region)[] = []): ReadonlySet<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { name } of items.length > namesakeScanLimit ? [] : items) {
    if (seen.has(name)) repeated.add(name)
    seen.add(name)
  }
  return repeated
}
