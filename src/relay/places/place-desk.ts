import type { LeadValues } from '../../lead/values.ts'
import type { CityAnswer } from '../../places/place-directory.ts'
import type { Region } from '../../places/place.ts'
import type { Database } from '../database.ts'
import { faultText, type Log } from '../log.ts'
import { completeValues } from './complete-values.ts'
import type { Snapshot } from './generation.ts'
import type { PlaceBook } from './place-book.ts'
import { type PlaceView, viewOf } from './place-view.ts'
import { searchPlaces } from './search-places.ts'

/** Regions and cities as forms ask for them. */
export interface PlaceDesk {
  /** Changes with everything that the form may be answered. */
  stamp(form: string): string
  /** Whether the form has any cities to choose from by now. */
  hasCities(form: string): boolean
  regions(form: string): readonly Region[]
  region(form: string, id: string): Region | undefined
  cities(
    form: string,
    query: { readonly regionId?: string | undefined; readonly text?: string | undefined },
  ): Promise<CityAnswer>
  /** The lead's values with the codes of places that only one can be meant by; as they are when that cannot be told. */
  complete(form: string, values: LeadValues): Promise<LeadValues>
}

/** What the desk works with. */
export interface PlaceDeskPorts {
  readonly book: PlaceBook
  readonly database: Database
  readonly log: Log
  /** The provider's list that a form's leads go by. */
  readonly sourceOf: (form: string) => string | undefined
}

/** Makes the desk. */
export function createPlaceDesk({ book, database, log, sourceOf }: PlaceDeskPorts): PlaceDesk {
  const views = new WeakMap<Snapshot, Map<string, PlaceView>>()
  function view(form: string, snapshot: Snapshot = book.snapshot()): PlaceView {
    const known = views.get(snapshot) ?? new Map<string, PlaceView>()
    views.set(snapshot, known)
    const found = known.get(form) ?? viewOf(snapshot, sourceOf(form))
    known.set(form, found)
    return found
  }

  return {
    stamp: (form) => view(form).stamp,
    hasCities: (form) => view(form).hasCities,
    regions: (form) => view(form).regions,
    region: (form, id) => view(form).regionOf(id),
    cities: (form, { regionId, text }) =>
      book.read((snapshot) => {
        const own = view(form, snapshot)
        return searchPlaces(database, own, {
          text,
          region: regionId === undefined ? undefined : own.regionOf(regionId),
        })
      }),
    async complete(form, values) {
      try {
        return await book.read((snapshot) => completeValues(database, view(form, snapshot), values))
      } catch (fault) {
        // No look-up may stop a lead.
        log('error', 'A place could not be looked up', { form, fault: faultText(fault) })
        return values
      }
    },
  }
}
