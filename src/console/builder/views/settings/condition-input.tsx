import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { safeParse } from 'valibot'
import type { Condition } from '../../../../form/condition.ts'
import { definitionSchemas } from '../../../../form/definition.ts'
import { fieldOf, isFieldName } from '../../../../fields/fields.ts'
import { useBuilder } from '../../builder-context.ts'
import {
  ruleOperators,
  type RuleList,
  type SimpleRule,
  toCondition,
  toRules,
} from '../../model/conditions.ts'
import { removeItem, replaceItem } from '../../model/edit-steps.ts'
import { describeField, describeOption } from '../../model/field-catalog.ts'
import { ownValues } from '../../model/field-options.ts'
import { LinesInput, SelectInput, TextInput } from '../inputs.tsx'

/** When a step or a field is shown: always, by rules on other fields, or by JSON where conditions are nested. */
export function ConditionInput({
  label,
  condition,
  onChange,
}: {
  readonly label: string
  readonly condition: Condition | undefined
  readonly onChange: (condition: Condition | undefined) => void
}) {
  const { model, texts: allTexts } = useBuilder()
  const texts = allTexts.value.when
  const fields = model.form.value.steps.flatMap((step) => step.fields.map(({ name }) => name))
  const list = condition ? toRules(condition) : undefined
  const mode = condition === undefined ? 'always' : list ? 'rules' : 'json'
  const first: SimpleRule = { field: fields[0] ?? 'amount', operator: 'filled', value: '' }

  function change(next: RuleList): void {
    onChange(toCondition(next))
  }

  return (
    <fieldset class="condition stack">
      <legend class="label">{label}</legend>
      <SelectInput
        label={label}
        value={mode}
        onChange={(next) => {
          if (next === 'always') onChange(undefined)
          if (next === 'rules' && mode !== 'rules') change({ join: 'all', rules: [first] })
        }}
      >
        <option value="always">{texts.always}</option>
        <option value="rules">{texts.rules}</option>
        {mode === 'json' && <option value="json">{texts.json}</option>}
      </SelectInput>
      {list && list.rules.length > 1 && (
        <SelectInput
          label={texts.join}
          value={list.join}
          onChange={(join) => change({ ...list, join: join === 'any' ? 'any' : 'all' })}
        >
          <option value="all">{texts.all}</option>
          <option value="any">{texts.any}</option>
        </SelectInput>
      )}
      {list?.rules.map((rule, index) => (
        <RuleInputs
          // Rules have no identity but their place.
          key={index}
          rule={rule}
          fields={fields}
          onChange={(changed) => change({ ...list, rules: replaceItem(list.rules, index, changed) })}
          onRemove={() => change({ ...list, rules: removeItem(list.rules, index) })}
        />
      ))}
      {list && (
        <button
          type="button"
          class="button"
          onClick={() => change({ ...list, rules: [...list.rules, first] })}
        >
          {texts.add}
        </button>
      )}
      {mode === 'json' && <JsonCondition condition={condition} onChange={onChange} />}
    </fieldset>
  )
}

function RuleInputs({
  rule,
  fields,
  onChange,
  onRemove,
}: {
  readonly rule: SimpleRule
  readonly fields: readonly string[]
  readonly onChange: (rule: SimpleRule) => void
  readonly onRemove: () => void
}) {
  const { texts: allTexts, language } = useBuilder()
  const texts = allTexts.value.when
  const names = fields.includes(rule.field) ? fields : [rule.field, ...fields]
  const isFlag = isFieldName(rule.field) && fieldOf(rule.field).kind.control === 'flag'
  const values = isFlag ? ['true', 'false'] : ownValues(rule.field).map(String)
  const nameOf = (value: string): string =>
    isFlag ? (value === 'true' ? texts.yes : texts.no) : describeOption(rule.field, value, language.value)
  const hasValue = rule.operator !== 'filled' && rule.operator !== 'empty'
  return (
    <div class="rule">
      <SelectInput
        label={texts.field}
        value={rule.field}
        onChange={(field) => onChange({ ...rule, field, value: '' })}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {describeField(name, language.value)}
          </option>
        ))}
      </SelectInput>
      <SelectInput
        label={texts.operator}
        value={rule.operator}
        onChange={(value) => {
          const operator = ruleOperators.find((known) => known === value)
          if (operator) onChange({ ...rule, operator })
        }}
      >
        {ruleOperators.map((operator) => (
          <option key={operator} value={operator}>
            {texts.operators[operator]}
          </option>
        ))}
      </SelectInput>
      {hasValue &&
        (rule.operator === 'equals' && values.length > 0 ? (
          <SelectInput
            label={texts.value}
            value={rule.value}
            onChange={(value) => onChange({ ...rule, value })}
          >
            {!values.includes(rule.value) && <option value={rule.value}>{rule.value}</option>}
            {values.map((value) => (
              <option key={value} value={value}>
                {nameOf(value)}
              </option>
            ))}
          </SelectInput>
        ) : (
          <TextInput
            label={texts.value}
            value={rule.value}
            onChange={(value = '') => onChange({ ...rule, value })}
          />
        ))}
      <button type="button" class="button" data-kind="quiet" onClick={onRemove}>
        {texts.remove}
      </button>
    </div>
  )
}

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
          const parsed = parseCondition(text)
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

function parseCondition(text: string): Condition | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const result = safeParse(definitionSchemas.condition, json)
  return result.success ? result.output : undefined
}
