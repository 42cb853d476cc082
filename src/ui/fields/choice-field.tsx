import { fieldOf } from '../../fields/fields.ts'
import type { FieldOption } from '../../form/definition.ts'
import { optionText } from '../../i18n/find-text.ts'
import { controlAttributes, FieldDescription, FieldFrame, fieldLabel } from './field-frame.tsx'
import type { FieldProps } from '../form-view.ts'
import { OptionalMark } from './optional-mark.tsx'
import { maskedControl } from '../input/recorder-marks.ts'

/** Up to this many options are shown as radio buttons, more as a select. */
const maxRadios = 4

/** A field with a choice of options. */
export function ChoiceField(props: FieldProps) {
  return optionsOf(props).length <= maxRadios ? <Radios {...props} /> : <Select {...props} />
}

function Select(props: FieldProps) {
  const { view, field, model } = props
  const { name } = field
  return (
    <FieldFrame {...props}>
      <div class="anketa-select" part="select-box">
        <select
          {...controlAttributes(props)}
          {...maskedControl('anketa-input ym-disable-clickmap')}
          part="select"
          name={name}
          value={model.text.value}
          onChange={(event) => view.model.choose(name, event.currentTarget.value)}
        >
          <option value="">{view.texts.choose}</option>
          {optionsOf(props).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
    </FieldFrame>
  )
}

function Radios(props: FieldProps) {
  const { view, field, model } = props
  const { name } = field
  const { id, ...attributes } = controlAttributes(props)
  return (
    <fieldset class="anketa-group" part="field" data-field={name} data-control="choice">
      <legend class="anketa-label" part="label">
        {fieldLabel(props)}
        {field.required === false && <OptionalMark text={view.texts.optional} />}
      </legend>
      {optionsOf(props).map(({ value, label }) => (
        <label key={value} class="anketa-check" part="choice">
          <input
            {...attributes}
            {...maskedControl('anketa-box anketa-radio ym-disable-clickmap')}
            type="radio"
            part="radio"
            // Radios of one name are one group, so the name includes the id of the form.
            name={id}
            value={value}
            checked={model.text.value === String(value)}
            onChange={() => view.model.choose(name, String(value))}
          />
          <span>{label}</span>
        </label>
      ))}
      <FieldDescription {...props} />
    </fieldset>
  )
}

function optionsOf({ view, field }: FieldProps): readonly FieldOption[] {
  const { name, options } = field
  if (options) return options
  const known = fieldOf(name).kind.options ?? []
  return known.map((value) => ({ value, label: optionText(name, value, view.texts) }))
}
