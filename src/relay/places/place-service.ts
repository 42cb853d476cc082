import type { LeadValues } from '../../lead/values.ts'
import type { CityAnswer } from '../../places/place-directory.ts'
import type { Region } from '../../places/place.ts'
import type { Database } from '../database/database.ts'
import { describeError, type Log } from '../log.ts'
import { completePlaceCodes } from './complete-codes.ts'
import type { PlaceSnapshot } from './generation.ts'
import type { PlaceStore } from './place-store.ts'
import { type FormPlaces, mergePlaces } from './form-places.ts'
import { searchPlaces } from './search.ts'

/** Regions and cities as forms ask for them. */
export interface PlaceService {
  /** Changes with everything that the form may be answered. */
  contentVersion(form: string): string
  /** Whether the form has any cities to choose from by now. */
  hasCities(form: string): boolean
  regions(form: string): readonly Region[]
  region(form: string, id: string): Region | undefined
  cities(
    form: string,
    query: { readonly regionId?: string | undefined; readonly text?: string | undefined },
  ): Promise<CityAnswer>
  /** The lead's values with the codes of places that only one can be meant by; as they are when that cannot be told. */
  completeCodes(form: string, values: LeadValues): Promise<LeadValues>
}

/** What the desk works with. */
export interface PlaceServiceDeps {
  readonly placeStore: PlaceStore
  readonly database: Database
  readonly log: Log
  /** The provider's list that a form's leads go by. */
  readonly sourceOf: (form: string) => string | undefined
}

/** Makes the desk. */
export function createPlaceService({ placeStore, database, log, sourceOf }: PlaceServiceDeps): PlaceService {
  const views = new WeakMap<PlaceSnapshot, Map<string, FormPlaces>>()
  function view(form: string, snapshot: PlaceSnapshot = placeStore.snapshot()): FormPlaces {
    const known = views.get(snapshot) ?? new Map<string, FormPlaces>()
    views.set(snapshot, known)
    const found = known.get(form) ?? mergePlaces(snapshot, sourceOf(form))
    known.set(form, found)
    return found
  }

  return {
    contentVersion: (form) => view(form).contentVersion,
    hasCities: (form) => view(form).hasCities,
    regions: (form) => view(form).regions,
    region: (form, id) => view(form).findRegion(id),
    cities: (form, { regionId, text }) =>
      placeStore.withSnapshot((snapshot) => {
        const own = view(form, snapshot)
        return searchPlaces(database, own, {
          text,
          region: regionId === undefined ? undefined : own.findRegion(regionId),
        })
      }),
    async completeCodes(form, values) {
      try {
        return await placeStore.withSnapshot((snapshot) =>
          completePlaceCodes(database, view(form, snapshot), values),
        )
      } catch (fault) {
        // No look-up may stop a lead.
        log('error', 'A place could not be looked up', { form, fault: describeError(fault) })
        return values
      }
    },
  }
}
