import { useSignal } from '@preact/signals'
import { federalCities } from '../fields/issue-place.ts'
import { describedBy, FieldFrame, type FieldProps, idsOf } from './field-frame.tsx'
import { useBoundText } from './use-bound-text.ts'

const other = 'other'

/** A city from a short list, or another one, typed. */
export function PlaceField(props: FieldProps) {
  const { view, request, field } = props
  const { name } = request
  const { texts } = view
  const text = field.text.value
  const listed = federalCities.some(({ city }) => city === text)
  const chosenOther = useSignal(false)
  const typing = chosenOther.value || (text !== '' && !listed)
  const { id, ...described } = describedBy(props)

  return (
    <FieldFrame {...props}>
      <div class="anketa-select" data-field="region">
        <select
          {...described}
          id={id}
          class="anketa-input ym-disable-keys"
          part="select"
          name="region"
          value={typing ? other : text}
          onChange={(event) => {
            const { value } = event.currentTarget
            chosenOther.value = value === other
            view.model.type(name, value === other ? '' : value)
          }}
          onBlur={() => view.model.leave(name)}
        >
          <option value="">{texts.choosePlace}</option>
          {federalCities.map(({ city }) => (
            <option key={city} value={city}>
              {city}
            </option>
          ))}
          <option value={other}>{texts.otherPlace}</option>
        </select>
      </div>
      {typing && <OtherPlace {...props} />}
    </FieldFrame>
  )
}

function OtherPlace(props: FieldProps) {
  const { view, request } = props
  const ref = useBoundText(props)
  const { id: _, ...described } = describedBy(props)
  return (
    <div data-field="city">
      <input
        {...described}
        ref={ref}
        id={`${idsOf(props).id}-city`}
        type="text"
        class="anketa-input ym-disable-keys"
        part="input"
        name="city"
        aria-label={view.texts.city}
        placeholder={view.texts.city}
        autoComplete="address-level2"
        autoCapitalize="words"
        spellcheck={false}
        onBlur={() => view.model.leave(request.name)}
      />
    </div>
  )
}
