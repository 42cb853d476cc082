import { controlAttributes, FieldDescription, fieldLabel } from './field-frame.tsx'
import type { FieldProps } from '../form-view.ts'
import { maskedControl } from '../input/recorder-marks.ts'

/** A checkbox with its label beside it. */
export function FlagField(props: FieldProps) {
  const { view, field, model } = props
  const { name } = field
  return (
    <div class="anketa-field" part="field" data-field={name} data-control="flag">
      <label class="anketa-check" part="choice">
        <input
          {...controlAttributes(props)}
          {...maskedControl('anketa-box')}
          type="checkbox"
          part="checkbox"
          name={name}
          checked={model.text.value !== ''}
          onChange={(event) => view.model.choose(name, event.currentTarget.checked ? 'да' : '')}
        />
        <span>{fieldLabel(props)}</span>
      </label>
      <FieldDescription {...props} />
    </div>
  )
}
