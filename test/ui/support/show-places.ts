import { expect } from 'vitest'
import { adoptStyles } from '../../../src/embed/appearance/styles.ts'
import type { FieldDefinition } from '../../../src/form/definition.ts'
import type { PlaceDirectory } from '../../../src/places/place-directory.ts'
import { createPlaceFinder } from '../../../src/places/place-finder.ts'
import { createStaticDirectory } from '../../../src/places/static-directory.ts'
import css from '../../../src/themes/place-list.css?inline'
import type { PlaceListComponent } from '../../../src/ui/form-view.ts'
import { createPlaceList } from '../../../src/ui/places/place-list.tsx'
import { define } from '../../form/define.ts'
import { type ShownForm, showForm } from './show-form.ts'

/** Some places with rounded populations. */
export const somePlaces = createStaticDirectory({
  cities: [
    { name: 'Москва', population: 13_000_000 },
    { name: 'Санкт-Петербург', population: 5_600_000 },
    { name: 'Тюмень', region: 'Тюменская область', kladr: '7200000100000', population: 850_000 },
    { name: 'Киров', region: 'Кировская область', kladr: '4300000100000', population: 470_000 },
    { name: 'Тобольск', region: 'Тюменская область', kladr: '7200000200000', population: 100_000 },
    { name: 'Киров', region: 'Калужская область', kladr: '4001100100000', population: 30_000 },
    { name: 'Кировск', region: 'Мурманская область', kladr: '5100000500000', population: 26_000 },
    { name: 'Боровский', region: 'Тюменская область', type: 'пгт', kladr: '7202400000500' },
  ],
})

/** A form that asks for a place, with a list of places. */
export interface ShownPlaces extends ShownForm {
  /** The texts of the rendered options. */
  options(): readonly string[]
  option(text: string): HTMLElement
  /** The option that the arrow keys have selected. */
  active(name: string): string | undefined
  values(): Readonly<Record<string, unknown>>
}

/** Creates the function that loads the list of a directory. */
export function createListLoader(directory: PlaceDirectory): () => Promise<PlaceListComponent> {
  const List = createPlaceList(createPlaceFinder(directory, 0))
  return async () => List
}

/** Shows a form that asks for a place: by default, for the city where the loan is issued. */
export function openPlaces(
  loadPlaceList: () => Promise<PlaceListComponent>,
  ...fields: readonly FieldDefinition[]
): ShownPlaces {
  const form = showForm(define(fields.length > 0 ? fields : [{ name: 'issuePlace' }], []), { loadPlaceList })
  const target = { root: form.root, host: document.body, inPage: false }
  adoptStyles(target)
  adoptStyles(target, css)
  const options = () => form.all(HTMLElement, '[role=option]')
  const textOf = (element: Element): string => (element.textContent ?? '').trim()
  return {
    ...form,
    options: () => options().map(textOf),
    option(text) {
      const found = options().find((option) => textOf(option).startsWith(text))
      if (!found) throw new TypeError(`the option ${text}: expected to be shown`)
      return found
    },
    active(name) {
      const id = form.input(name).getAttribute('aria-activedescendant')
      const found = id === null ? null : form.root.getElementById(id)
      return found ? textOf(found) : undefined
    },
    values: () => form.model.values.value,
  }
}

/** Shows a form that asks for a place, and waits until its list has loaded. */
export async function showPlaces(
  directory: PlaceDirectory = somePlaces,
  ...fields: readonly FieldDefinition[]
): Promise<ShownPlaces> {
  const form = openPlaces(createListLoader(directory), ...fields)
  await expect.poll(() => form.all(HTMLElement, '[role=combobox]').length).toBeGreaterThan(0)
  return form
}
