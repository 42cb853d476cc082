import { useSignal } from '@preact/signals'
import { useBuilder } from '../builder-context.ts'
import { addField, findField } from '../model/edit-steps.ts'
import { askableFields, describeField, fieldGroups, groupOfField } from '../model/field-catalog.ts'
import { SelectInput, TextInput } from './inputs.tsx'

const custom = 'custom.'

/** Adds a field that the form does not ask yet to a step. */
export function AddField({ step }: { readonly step: number }) {
  const { model, texts: allTexts, language, announce } = useBuilder()
  const texts = allTexts.value.outline
  const { value: form } = model.form
  const chosen = useSignal<string | undefined>(undefined)
  const ownName = useSignal<string | undefined>(undefined)
  const free = askableFields.filter((name) => !findField(form, name))
  const wanted = free.find((name) => name === chosen.value)
  const isOwn = chosen.value === custom
  const name = isOwn ? `${custom}${ownName.value ?? ''}` : (wanted ?? free[0] ?? custom)
  const isValid = name.startsWith(custom)
    ? /^custom\.\w+$/.test(name) && !findField(form, name)
    : !findField(form, name)

  function add(): void {
    if (!isValid) return
    const index = form.steps[step]?.fields.length ?? 0
    model.change((now) => addField(now, step, name))
    model.select({ part: 'field', step, index })
    ownName.value = undefined
    announce(texts.added(describeField(name, language.value)))
  }

  return (
    <form
      class="add-field"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <SelectInput
        label={texts.addField}
        value={isOwn ? custom : name}
        onChange={(value) => (chosen.value = value)}
      >
        {fieldGroups.map((group) => {
          const members = free.filter((candidate) => groupOfField(candidate) === group)
          return members.length === 0 ? null : (
            <optgroup key={group} label={allTexts.value.groups[group]}>
              {members.map((member) => (
                <option key={member} value={member}>
                  {describeField(member, language.value)}
                </option>
              ))}
            </optgroup>
          )
        })}
        <option value={custom}>{texts.customField}</option>
      </SelectInput>
      {isOwn && (
        <TextInput
          label={texts.customName}
          hint={texts.customHint}
          value={ownName.value}
          onChange={(value) => (ownName.value = value)}
        />
      )}
      <button type="submit" class="button" disabled={!isValid}>
        {texts.add}
      </button>
    </form>
  )
}
