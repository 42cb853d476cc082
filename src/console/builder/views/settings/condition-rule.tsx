import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { fieldOf, isFieldName } from '../../../../fields/fields.ts'
import { useBuilder } from '../../builder-context.ts'
import { type ConditionRule, lacksValue, listValues, ruleOperators } from '../../model/conditions.ts'
import { describeField, describeOption } from '../../model/field-catalog.ts'
import { ownValues } from '../../model/field-options.ts'
import { CheckInput, SelectInput, TextInput } from '../inputs.tsx'

/** A condition on one field: the field, how it is compared, and with what. */
export function ConditionRuleEditor({
  rule,
  name,
  fields,
  children,
  onChange,
}: {
  readonly rule: ConditionRule
  readonly name: string
  /** The fields that may be named. */
  readonly fields: readonly string[]
  /** The buttons of the rule. */
  readonly children: ComponentChildren
  readonly onChange: (rule: ConditionRule) => void
}) {
  const { model, texts: allTexts, language, focusAfter } = useBuilder()
  const texts = allTexts.value.when
  const row = useRef<HTMLDivElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const { value: wanted } = focusAfter
    if (wanted?.row !== rule.id || wanted.action !== 'field') return
    focusAfter.value = undefined
    row.current?.querySelector('select')?.focus()
  })
  const names = fields.includes(rule.field) ? fields : [rule.field, ...fields]
  const asked = model.form.value.steps.flatMap((step) => step.fields)
  const labelOf = (field: string): string => {
    const label = asked.find((one) => one.name === field)?.label
    return label === undefined || label === '' ? describeField(field, language.value) : label
  }

  return (
    <div
      ref={row}
      role="group"
      aria-label={name}
      aria-describedby={lacksValue(rule) ? id : undefined}
      class="rule"
    >
      <div class="condition-head">
        <SelectInput
          label={texts.field}
          value={rule.field}
          onChange={(field) => onChange({ ...rule, field, value: '' })}
        >
          {names.map((field) => (
            <option key={field} value={field}>
              {labelOf(field)}
            </option>
          ))}
        </SelectInput>
        {children}
      </div>
      <div class="rule-values">
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
        <RuleValue rule={rule} onChange={(value) => onChange({ ...rule, value })} />
      </div>
      {lacksValue(rule) && (
        <p id={id} class="bad-text small">
          {rule.operator === 'atLeast' || rule.operator === 'atMost' ? texts.noNumber : texts.noValue}
        </p>
      )}
    </div>
  )
}

/** What a field is compared with: one or several of its options, or a text. */
function RuleValue({
  rule: { field, operator, value },
  onChange,
}: {
  readonly rule: ConditionRule
  readonly onChange: (value: string) => void
}) {
  const { model, texts: allTexts, language } = useBuilder()
  const texts = allTexts.value.when
  if (operator === 'filled' || operator === 'empty') return null
  const isFlag = isFieldName(field) && fieldOf(field).kind.control === 'flag'
  const options = model.form.value.steps
    .flatMap((step) => step.fields)
    .find(({ name }) => name === field)?.options
  const values = isFlag
    ? ['true', 'false']
    : (options?.map((one) => one.value) ?? ownValues(field)).map(String)
  const labelOf = (one: string): string => {
    if (isFlag) return one === 'true' ? texts.yes : texts.no
    const label = options?.find((option) => String(option.value) === one)?.label
    return label ?? describeOption(field, one, language.value)
  }
  const isChoice = values.length > 0 && (operator === 'equals' || operator === 'oneOf')
  if (!isChoice)
    return <TextInput label={texts.value} value={value} onChange={(text = '') => onChange(text)} />
  if (operator === 'equals')
    return (
      <SelectInput label={texts.value} value={value} onChange={onChange}>
        {!values.includes(value) && <option value={value}>{value === '' ? texts.choose : value}</option>}
        {values.map((one) => (
          <option key={one} value={one}>
            {labelOf(one)}
          </option>
        ))}
      </SelectInput>
    )
  const chosen = listValues(value)
  return (
    <fieldset class="rule-options">
      <legend class="label">{texts.value}</legend>
      {[...values, ...chosen.filter((one) => !values.includes(one))].map((one) => (
        <CheckInput
          key={one}
          label={labelOf(one)}
          checked={chosen.includes(one)}
          onChange={(isChosen) =>
            onChange(
              [...values, ...chosen.filter((other) => !values.includes(other))]
                .filter((other) => (other === one ? isChosen : chosen.includes(other)))
                .join(', '),
            )
          }
        />
      ))}
    </fieldset>
  )
}
