import { filterPlaces, type Place } from '../shared/places.ts'

/** Makes an input a combobox, by the pattern of WAI-ARIA, with a list of the places that it is offered. */
export function connectList(name: string, onChoose: (place: Place) => void) {
  const input = document.querySelector<HTMLInputElement>(`input[name="${name}"]`)
  const list = document.querySelector<HTMLUListElement>(`#${name}-list`)
  if (!input || !list) throw new TypeError(`${name}: expected an input and a list`)
  let places: readonly Place[] = []
  let shown: readonly Place[] = []
  let active = -1

  const open = (text: string): void => {
    shown = filterPlaces(places, text)
    list.replaceChildren(...shown.map(renderOption))
    show(shown.length > 0)
    activate(-1)
  }
  const show = (isOpen: boolean): void => {
    list.hidden = !isOpen
    input.ariaExpanded = String(isOpen)
  }
  const activate = (index: number): void => {
    list.children[active]?.setAttribute('aria-selected', 'false')
    active = index
    const option = list.children[index]
    option?.setAttribute('aria-selected', 'true')
    option?.scrollIntoView({ block: 'nearest' })
    if (option) input.setAttribute('aria-activedescendant', option.id)
    else input.removeAttribute('aria-activedescendant')
  }
  const choose = (place: Place | undefined): void => {
    if (!place) return
    input.value = place.name
    show(false)
    onChoose(place)
  }
  const renderOption = (place: Place, index: number): HTMLLIElement => {
    const option = document.createElement('li')
    option.id = `${name}-${index}`
    option.role = 'option'
    option.textContent = place.name
    option.setAttribute('aria-selected', 'false')
    // Keeps the focus in the input.
    option.addEventListener('pointerdown', (event) => event.preventDefault())
    option.addEventListener('click', () => choose(place))
    return option
  }

  input.addEventListener('click', () => open(''))
  input.addEventListener('input', () => open(input.value))
  input.addEventListener('blur', () => show(false))
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') show(false)
    if (event.key === 'Enter' && !list.hidden) {
      event.preventDefault()
      choose(shown[active])
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    if (list.hidden) open('')
    const step = event.key === 'ArrowDown' ? 1 : -1
    activate((active + step + shown.length) % shown.length)
  })

  return {
    offer(offered: readonly Place[]): void {
      places = offered
    },
    reset(): void {
      places = []
      input.value = ''
    },
  }
}
