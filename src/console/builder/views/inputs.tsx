import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface InputProps {
  readonly label: string
  readonly hint?: string | undefined
}

/** A line of text. An empty one is `undefined`. */
export function TextInput({
  label,
  hint,
  value,
  placeholder,
  isAddress = false,
  onChange,
}: InputProps & {
  readonly value: string | undefined
  readonly placeholder?: string
  readonly isAddress?: boolean
  readonly onChange: (value: string | undefined) => void
}) {
  const id = useId()
  return (
    <div>
      <label class="label" for={id}>
        {label}
      </label>
      <input
        id={id}
        class="input"
        type="text"
        inputMode={isAddress ? 'url' : 'text'}
        value={value ?? ''}
        placeholder={placeholder}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onInput={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : currentTarget.value)
        }
      />
      <Hint id={id} text={hint} />
    </div>
  )
}

/** Several lines of text. An empty one is `undefined`. With `initial` the text is this element's own from then on. */
export function LinesInput({
  label,
  hint,
  value,
  initial,
  rows = 3,
  isCode = false,
  onChange,
}: InputProps & {
  readonly value?: string | undefined
  readonly initial?: string
  readonly rows?: number
  readonly isCode?: boolean
  readonly onChange: (value: string | undefined) => void
}) {
  const id = useId()
  return (
    <div>
      <label class="label" for={id}>
        {label}
      </label>
      <textarea
        id={id}
        class={isCode ? 'input lines mono' : 'input lines'}
        rows={rows}
        spellcheck={!isCode}
        {...(initial === undefined ? { value: value ?? '' } : { defaultValue: initial })}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onInput={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : currentTarget.value)
        }
      />
      <Hint id={id} text={hint} />
    </div>
  )
}

/** A whole number. An empty or another text is `undefined`. */
export function NumberInput({
  label,
  value,
  onChange,
}: InputProps & {
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
}) {
  return (
    <TextInput
      label={label}
      value={value === undefined ? undefined : String(value)}
      onChange={(text = '') => {
        const digits = text.replace(/\D/g, '')
        onChange(digits === '' ? undefined : Number(digits))
      }}
    />
  )
}

/** A number that may have a fraction, with a comma or a point. It is changed when the text is a number. */
export function DecimalInput({
  label,
  value,
  onChange,
}: InputProps & {
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
}) {
  const text = useSignal(value === undefined ? '' : String(value))
  return (
    <TextInput
      label={label}
      value={text.value}
      onChange={(typed = '') => {
        text.value = typed
        const number = Number(typed.trim().replace(',', '.'))
        if (typed.trim() === '') onChange(undefined)
        else if (Number.isFinite(number)) onChange(number)
      }}
    />
  )
}

/** A checkbox. */
export function CheckInput({
  label,
  checked,
  onChange,
}: {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  )
}

/** A choice from a list. */
export function SelectInput({
  label,
  value,
  children,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly children: ComponentChildren
  readonly onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <div>
      <label class="label" for={id}>
        {label}
      </label>
      <select
        id={id}
        class="input"
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {children}
      </select>
    </div>
  )
}

function Hint({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return text === undefined ? null : (
    <p id={`${id}-hint`} class="muted small">
      {text}
    </p>
  )
}
