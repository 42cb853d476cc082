import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { safeParse } from 'valibot'
import type { Condition } from '../../../../form/condition.ts'
import { definitionSchemas } from '../../../../form/definition.ts'
import { useBuilder } from '../../builder-context.ts'
import {
  type ConditionGroup,
  createGroup,
  createRule,
  parseCondition,
  printCondition,
} from '../../model/conditions.ts'
import { LinesInput, SelectInput } from '../inputs.tsx'
import { ConditionGroupEditor } from './condition-group.tsx'

/** When a step or a field is shown: always, or by rules on other fields, which may be in groups. */
export function ConditionInput({
  label,
  own,
  condition,
  onChange,
}: {
  readonly label: string
  /** The fields that are shown by it. A condition on themselves would never hold. */
  readonly own: readonly string[]
  readonly condition: Condition | undefined
  readonly onChange: (condition: Condition | undefined) => void
}) {
  const { model, texts: allTexts, focusAfter } = useBuilder()
  const texts = allTexts.value.when
  const box = useRef<HTMLFieldSetElement>(null)
  const { group, change } = useConditionTree(condition, onChange)
  const asked = model.form.value.steps.flatMap((step) => step.fields.map(({ name }) => name))
  const fields = asked.filter((name) => !own.includes(name))
  const mode = condition === undefined ? 'always' : group ? 'rules' : 'json'
  // The last rule is gone, and its button with it.
  useLayoutEffect(() => {
    if (focusAfter.value?.row !== conditionRow) return
    focusAfter.value = undefined
    box.current?.querySelector('select')?.focus()
  })

  return (
    <fieldset ref={box} class="condition stack">
      <legend class="label">{label}</legend>
      <SelectInput
        label={label}
        value={mode}
        onChange={(next) => {
          if (next === 'always') onChange(undefined)
          if (next === 'rules' && mode !== 'rules') {
            change(createGroup('all', [createRule(fields[0] ?? 'amount')]))
          }
        }}
      >
        <option value="always">{texts.always}</option>
        <option value="rules">{texts.rules}</option>
        {mode === 'json' && <option value="json">{texts.json}</option>}
      </SelectInput>
      {group && (
        <ConditionGroupEditor
          top={group}
          group={group}
          path=""
          fields={fields}
          onChange={(changed) => {
            if (changed.parts.length === 0) focusAfter.value = { row: conditionRow, action: 'mode' }
            change(changed)
          }}
        />
      )}
      {mode === 'json' && <JsonCondition condition={condition} onChange={onChange} />}
    </fieldset>
  )
}

/** The name of the input itself, beside its rows, for what gets the focus. */
const conditionRow = 'condition'

/**
 * A condition as it is being edited. It keeps texts that are no values yet, and groups that the definition does not need,
 * until the condition is changed elsewhere.
 */
function useConditionTree(
  condition: Condition | undefined,
  onChange: (condition: Condition | undefined) => void,
) {
  const kept = useRef<{ readonly text: string; readonly group: ConditionGroup | undefined }>(undefined)
  const edits = useSignal(0)
  // Also an edit that leaves the definition as it is has to be shown.
  void edits.value
  const text = JSON.stringify(condition) ?? ''
  if (kept.current?.text !== text) kept.current = { text, group: parseCondition(condition) }
  return {
    group: kept.current.group,
    change(group: ConditionGroup) {
      const printed = group.parts.length === 0 ? undefined : printCondition(group)
      kept.current = { text: JSON.stringify(printed) ?? '', group: printed && group }
      edits.value += 1
      onChange(printed)
    },
  }
}

/** A condition that no rows can show, as where a newer release has more of them. */
function JsonCondition({
  condition,
  onChange,
}: {
  readonly condition: Condition | undefined
  readonly onChange: (condition: Condition | undefined) => void
}) {
  const { texts: allTexts } = useBuilder()
  const texts = allTexts.value.when
  const isWrong = useSignal(false)
  const id = useId()
  return (
    <>
      <LinesInput
        isCode
        label={texts.json}
        initial={JSON.stringify(condition, undefined, 2)}
        rows={6}
        onChange={(text = '') => {
          const parsed = parseJsonCondition(text)
          isWrong.value = parsed === undefined
          if (parsed) onChange(parsed)
        }}
      />
      {isWrong.value && (
        <p id={id} class="bad-text" role="alert">
          {texts.badJson}
        </p>
      )}
    </>
  )
}

function parseJsonCondition(text: string): Condition | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const result = safeParse(definitionSchemas.condition, json)
  return result.success ? result.output : undefined
}
