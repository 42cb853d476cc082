import { useCombobox } from 'downshift'
import { useState } from 'react'
import { filterPlaces, type Place } from './places.ts'

interface PlaceComboboxProps {
  readonly name: string
  readonly label: string
  readonly places: readonly Place[]
  readonly value: Place | null
  readonly error?: string | undefined
  readonly inputRef?: (input: HTMLInputElement | null) => void
  onChange(place: Place | null): void
  onBlur?(): void
}

/** A list of places that is filtered by what is typed. */
export function PlaceCombobox({ name, label, places, value, error, ...props }: PlaceComboboxProps) {
  const [text, setText] = useState(value?.name ?? '')
  // An opened list shows more than what is chosen.
  const items = filterPlaces(places, text === value?.name ? '' : text)
  const { isOpen, getLabelProps, getInputProps, getMenuProps, getItemProps } = useCombobox({
    items,
    selectedItem: value,
    itemToString: (place) => place?.name ?? '',
    onInputValueChange: ({ inputValue }) => setText(inputValue),
    onSelectedItemChange: ({ selectedItem }) => props.onChange(selectedItem),
  })
  return (
    <div className="list">
      <label {...getLabelProps()}>{label}</label>
      <input
        {...getInputProps({ name, ref: props.inputRef, onBlur: props.onBlur })}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={`${name}-error`}
      />
      <ul {...getMenuProps()} hidden={!isOpen}>
        {isOpen &&
          items.map((item, index) => (
            <li key={item.id} {...getItemProps({ item, index })}>
              {item.name}
            </li>
          ))}
      </ul>
      <p id={`${name}-error`} className="error" aria-live="polite">
        {error}
      </p>
    </div>
  )
}
