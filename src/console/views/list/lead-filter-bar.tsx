import { useId } from 'preact/hooks'
import type { FilterName, LeadFilters } from '../../access/routes.ts'
import { useConsole } from '../../console-context.ts'
import { leadStatusNames } from '../../state/lead-status-names.ts'

/** The filters. They are part of the address, so that a list can be kept as a bookmark. */
export function LeadFilterBar({
  filters,
  isOpen,
}: {
  readonly filters: LeadFilters
  /** On a narrow screen they are shown on demand. */
  readonly isOpen: boolean
}) {
  const { texts: allTexts, list, navigation } = useConsole()
  const { list: texts, statuses } = allTexts.value
  const id = useId()
  const forms = list.choices.value?.forms ?? []
  const destinations = forms
    .filter(({ form }) => !filters.form || form === filters.form)
    .flatMap((choice) => choice.destinations.map(({ destination }) => destination))

  function set(name: FilterName, value: string): void {
    const { [name]: _, ...others } = filters
    navigation.filter(value ? { ...others, [name]: value } : others)
  }

  const choose = (name: FilterName, label: string, options: readonly (readonly [string, string])[]) => (
    <div>
      <label class="label" for={`${id}-${name}`}>
        {label}
      </label>
      <select
        id={`${id}-${name}`}
        class="input"
        value={filters[name] ?? ''}
        onChange={(event) => set(name, event.currentTarget.value)}
      >
        <option value="">{texts.any}</option>
        {withCurrent(options, filters[name]).map(([value, text]) => (
          <option key={value} value={value} selected={value === filters[name]}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
  const enter = (name: 'from' | 'to' | 'attribution', label: string) => (
    <div>
      <label class="label" for={`${id}-${name}`}>
        {label}
      </label>
      <input
        id={`${id}-${name}`}
        class="input"
        type={name === 'attribution' ? 'text' : 'date'}
        autocomplete="off"
        placeholder={name === 'attribution' ? texts.attributionHint : undefined}
        list={name === 'attribution' ? `${id}-marks` : undefined}
        value={filters[name] ?? ''}
        onChange={(event) => set(name, event.currentTarget.value.trim())}
      />
    </div>
  )

  return (
    <div class="filters" role="group" aria-label={texts.filters} data-open={isOpen ? '' : undefined}>
      {choose(
        'form',
        texts.form,
        forms.map(({ form, title }) => [form, title ? `${form} · ${title}` : form]),
      )}
      {choose(
        'status',
        texts.status,
        leadStatusNames.map((name) => [name, statuses[name].label]),
      )}
      {choose(
        'destination',
        texts.destination,
        [...new Set(destinations)].map((name) => [name, name]),
      )}
      {enter('from', texts.from)}
      {enter('to', texts.to)}
      {enter('attribution', texts.attribution)}
      <datalist id={`${id}-marks`}>
        {(list.choices.value?.attribution ?? []).map((name) => (
          <option key={name} value={`${name}:`}>
            {name}
          </option>
        ))}
      </datalist>
      {Object.keys(filters).length > 0 && (
        <button type="button" class="button" data-kind="quiet" onClick={() => navigation.filter({})}>
          {texts.resetFilters}
        </button>
      )}
    </div>
  )
}

/** A bookmark can name what the relay no longer has. */
function withCurrent(
  options: readonly (readonly [string, string])[],
  current: string | undefined,
): readonly (readonly [string, string])[] {
  return current === undefined || options.some(([value]) => value === current)
    ? options
    : [...options, [current, current]]
}
