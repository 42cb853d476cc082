import type { LeadValues } from '../../lead/values.ts'
import type { CityAnswer } from '../../places/place-directory.ts'
import type { Region } from '../../places/place.ts'
import type { Database } from '../database/database.ts'
import { describeError, type Log } from '../log.ts'
import { completePlaceCodes } from './complete-codes.ts'
import type { PlaceSnapshot } from './generations/generation.ts'
import type { PlaceStore } from './place-store.ts'
import { type FormPlaces, mergePlaces } from './form-places.ts'
import { searchPlaces } from './search.ts'

/** Serves the regions and cities of forms. */
export interface PlaceService {
  /** Changes whenever an answer for the form may change. */
  contentVersion(form: string): string
  /** Whether any cities are loaded for the form yet. */
  hasCities(form: string): boolean
  regions(form: string): readonly Region[]
  region(form: string, id: string): Region | undefined
  cities(
    form: string,
    query: { readonly regionId?: string | undefined; readonly text?: string | undefined },
  ): Promise<CityAnswer>
  /** Adds the codes of unambiguous places to a lead's values. Returns the values unchanged if the search fails. */
  completeCodes(form: string, values: LeadValues): Promise<LeadValues>
}

/** Dependencies of {@link createPlaceService}. */
export interface PlaceServiceDeps {
  readonly placeStore: PlaceStore
  readonly database: Database
  readonly log: Log
  /** The source of the provider's list whose ids the form's leads need. */
  readonly sourceOf: (form: string) => string | undefined
}

/** Creates the service. It merges the lists of a form once per snapshot. */
export function createPlaceService({ placeStore, database, log, sourceOf }: PlaceServiceDeps): PlaceService {
  const merged = new WeakMap<PlaceSnapshot, Map<string, FormPlaces>>()
  function placesOf(form: string, snapshot: PlaceSnapshot = placeStore.snapshot()): FormPlaces {
    const byForm = merged.get(snapshot) ?? new Map<string, FormPlaces>()
    merged.set(snapshot, byForm)
    const places = byForm.get(form) ?? mergePlaces(snapshot, sourceOf(form))
    byForm.set(form, places)
    return places
  }

  return {
    contentVersion: (form) => placesOf(form).contentVersion,
    hasCities: (form) => placesOf(form).hasCities,
    regions: (form) => placesOf(form).regions,
    region: (form, id) => placesOf(form).findRegion(id),
    cities: (form, { regionId, text }) =>
      placeStore.withSnapshot((snapshot) => {
        const places = placesOf(form, snapshot)
        return searchPlaces(database, places, {
          text,
          region: regionId === undefined ? undefined : places.findRegion(regionId),
        })
      }),
    async completeCodes(form, values) {
      try {
        return await placeStore.withSnapshot((snapshot) =>
          completePlaceCodes(database, placesOf(form, snapshot), values),
        )
      } catch (error) {
        // A failed search must not stop the lead.
        log('error', 'A place could not be looked up', { form, fault: describeError(error) })
        return values
      }
    },
  }
}
