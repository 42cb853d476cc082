import { signal, type Signal } from '@preact/signals'
import type { PlaceDirectory } from '../../../src/places/place-directory.ts'
import { createPlaceFinder, findByName } from '../../../src/places/place-finder.ts'
import { createCitySearch } from '../../../src/places/place-search.ts'
import type { City } from '../../../src/places/place.ts'
import { closedCombobox, type ComboboxState } from '../../../src/ui/combobox/combobox-state.ts'
import { type Combobox, createCombobox } from '../../../src/ui/combobox/create-combobox.ts'

const names = 'Киров Киров Кировск Кириши Ком Москва Мосальск Можайск Севастополь Санкт-Петербург'
const cities = names.split(' ').map((name, index): City => ({
  id: `kladr:${index}`,
  name,
  type: 'г',
  regionId: `list:${index}`,
  region: `Вымышленный край ${index}`,
}))
const search = createCitySearch(cities)

/** What the relay finds for a text. */
export function findCities(text: string): readonly City[] {
  return search(text, 100)
}

/** A choice, and what was written and shown when the person made it. */
interface Choice {
  readonly item: City
  readonly text: string
  readonly shown: ComboboxState<City>
}

/** A person at an input with a list of cities, which a relay finds. */
export interface Typist {
  readonly state: Signal<ComboboxState<City>>
  readonly combobox: Combobox
  readonly choices: readonly Choice[]
  text(): string
  /** A program writes into the input. */
  write(text: string): void
  type(text: string): void
  press(key: string): boolean
  click(row: number): boolean
}

/**
 * Creates a typist. The relay answers after the next of `delays`, in milliseconds; after a negative one it fails.
 */
export function createTypist(delays: Iterator<number>): Typist {
  const directory: PlaceDirectory = {
    regions: async () => [],
    async cities({ text: query = '' }) {
      const delay: number = delays.next().value ?? 0
      await new Promise((resolve) => setTimeout(resolve, Math.abs(delay)))
      if (delay < 0) throw new Error('down')
      return { cities: findCities(query), complete: false }
    },
  }
  const finder = createPlaceFinder(directory)
  const state = signal<ComboboxState<City>>(closedCombobox)
  const choices: Choice[] = []
  let text = ''
  let isChosen = false
  let shown = state.value

  function write(next: string): void {
    text = next
    isChosen = false
  }

  const combobox = createCombobox<City>(state, {
    readText: () => text,
    find: (query, abort) => finder.cities(query, { name: '' }, abort),
    isChosen: () => isChosen,
    findCertain: findByName,
    choose(item) {
      choices.push({ item, text, shown })
      write(item.name)
      isChosen = true
    },
    clear: () => write(''),
  })
  return {
    state,
    combobox,
    choices,
    text: () => text,
    write,
    type(next) {
      write(next)
      combobox.type()
    },
    press(key) {
      shown = state.value
      return combobox.press(key)
    },
    click(row) {
      shown = state.value
      return combobox.click(row)
    },
  }
}
