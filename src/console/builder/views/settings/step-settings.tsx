import { useBuilder } from '../../builder-context.ts'
import type { DraftStep } from '../../model/draft.ts'
import { updateStep } from '../../model/edit-steps.ts'
import { SelectInput, TextInput } from '../inputs.tsx'
import { ConditionInput } from './condition-input.tsx'

/** The settings of a step. */
export function StepSettings({ step, index }: { readonly step: DraftStep; readonly index: number }) {
  const { model, texts: allTexts } = useBuilder()
  const texts = allTexts.value.step
  return (
    <>
      <h2>{allTexts.value.outline.step(index + 1)}</h2>
      <TextInput
        label={texts.title}
        value={step.title}
        onChange={(title = '') =>
          model.change((form) => updateStep(form, index, { title }), `step-title-${index}`)
        }
      />
      <TextInput
        label={texts.id}
        value={step.id}
        onChange={(id = '') => model.change((form) => updateStep(form, index, { id }), `step-id-${index}`)}
      />
      <SelectInput
        label={texts.kind}
        value={step.kind ?? ''}
        onChange={(value) => {
          const kind = value === 'calculator' || value === 'review' ? value : undefined
          model.change((form) => updateStep(form, index, { kind }))
        }}
      >
        <option value="">{texts.kinds.plain}</option>
        <option value="calculator">{texts.kinds.calculator}</option>
        <option value="review">{texts.kinds.review}</option>
      </SelectInput>
      <ConditionInput
        label={texts.when}
        own={step.fields.map(({ name }) => name)}
        condition={step.when}
        onChange={(when) => model.change((form) => updateStep(form, index, { when }), `step-when-${index}`)}
      />
    </>
  )
}
