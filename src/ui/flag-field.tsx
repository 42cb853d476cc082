import { describedBy, type FieldProps, FieldRemark, idsOf } from './field-frame.tsx'

/** A box to tick, with its label beside it. */
export function FlagField(props: FieldProps) {
  const { view, request, field } = props
  const { name } = request
  return (
    <div class="anketa-field" part="field" data-field={name} data-control="flag">
      <label class="anketa-check">
        <input
          {...describedBy(props)}
          type="checkbox"
          class="anketa-box ym-disable-keys"
          part="checkbox"
          name={name}
          checked={field.text.value !== ''}
          onChange={(event) => view.model.type(name, event.currentTarget.checked ? 'да' : '')}
        />
        <span>{request.label ?? view.texts.fields[name].label}</span>
      </label>
      <FieldRemark id={idsOf(props).remark} field={field} view={view} />
    </div>
  )
}
