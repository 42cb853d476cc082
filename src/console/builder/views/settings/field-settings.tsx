import { useSignal } from '@preact/signals'
import { useBuilder } from '../../builder-context.ts'
import type { DraftField, FieldPlace } from '../../model/draft.ts'
import { updateField } from '../../model/edit-steps.ts'
import { describeField, describeOption } from '../../model/field-catalog.ts'
import { fieldAbilities, ownValues, printOptions, readOptions } from '../../model/field-options.ts'
import { CheckInput, LinesInput, NumberInput, TextInput } from '../inputs.tsx'
import { ConditionInput } from './condition-input.tsx'

/** The settings of a field. */
export function FieldSettings({ field, place }: { readonly field: DraftField; readonly place: FieldPlace }) {
  const { model, texts: allTexts, language } = useBuilder()
  const texts = allTexts.value.field
  const { name } = field
  const abilities = fieldAbilities(name)
  const usual = describeField(name, language.value)

  function change(changes: Partial<DraftField>): void {
    model.change((form) => updateField(form, place, changes), `${name}.${Object.keys(changes).join()}`)
  }

  return (
    <>
      <h2>
        {usual} <span class="muted mono">{name}</span>
      </h2>
      <TextInput
        label={texts.label}
        value={field.label}
        placeholder={usual}
        onChange={(label) => change({ label })}
      />
      <TextInput label={texts.hint} value={field.hint} onChange={(hint) => change({ hint })} />
      {abilities.placeholder && (
        <TextInput
          label={texts.placeholder}
          value={field.placeholder}
          onChange={(placeholder) => change({ placeholder })}
        />
      )}
      {abilities.required && (
        <CheckInput
          label={texts.required}
          checked={field.required !== false}
          onChange={(required) => change({ required: required ? undefined : false })}
        />
      )}
      {abilities.limits === 'number' && (
        <div class="pair">
          <NumberInput
            label={texts.minimum}
            value={field.minimum}
            onChange={(minimum) => change({ minimum })}
          />
          <NumberInput
            label={texts.maximum}
            value={field.maximum}
            onChange={(maximum) => change({ maximum })}
          />
        </div>
      )}
      {abilities.limits === 'number' && (
        <CheckInput
          label={texts.slider}
          checked={field.control === 'slider'}
          onChange={(isSlider) =>
            change(isSlider ? { control: 'slider' } : { control: undefined, presets: undefined })
          }
        />
      )}
      {field.control === 'slider' && (
        <LinesInput
          label={texts.presets}
          rows={1}
          initial={(field.presets ?? []).join(', ')}
          onChange={(text = '') => {
            const presets = [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits))
            change({ presets: presets.length > 0 ? presets : undefined })
          }}
        />
      )}
      {abilities.limits === 'length' && (
        <NumberInput
          label={texts.maximumLength}
          value={field.maximum}
          onChange={(maximum) => change({ maximum })}
        />
      )}
      {abilities.options !== 'none' && (
        <OptionLines field={field} onChange={(options) => change({ options })} />
      )}
      <ConditionInput
        label={texts.when}
        own={[name]}
        condition={field.when}
        onChange={(when) => change({ when })}
      />
    </>
  )
}

function OptionLines({
  field: { name, options },
  onChange,
}: {
  readonly field: DraftField
  readonly onChange: (options: DraftField['options']) => void
}) {
  const { texts: allTexts, language } = useBuilder()
  const texts = allTexts.value.field
  const usual = ownValues(name).map((value) => ({
    value,
    label: describeOption(name, value, language.value),
  }))
  const shown = options ?? usual
  const resets = useSignal(0)
  return (
    <>
      <LinesInput
        // An unfinished line stays as it is.
        key={resets.value}
        label={texts.options}
        initial={printOptions(shown)}
        rows={Math.max(3, shown.length + 1)}
        onChange={(text = '') => {
          const read = readOptions(text, name)
          onChange(read.length > 0 ? read : undefined)
        }}
      />
      {options && usual.length > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => {
            resets.value += 1
            onChange(undefined)
          }}
        >
          {texts.ownOptions}
        </button>
      )}
    </>
  )
}
