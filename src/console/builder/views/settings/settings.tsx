import { useBuilder } from '../../builder-context.ts'
import { AfterSettings } from './after-settings.tsx'
import { ConsentSettings } from './consent-settings.tsx'
import { FieldSettings } from './field-settings.tsx'
import { FormSettings } from './form-settings.tsx'
import { LookSettings } from './look-settings.tsx'
import { StepSettings } from './step-settings.tsx'

/** The settings of what is selected. */
export function Settings() {
  const { model, texts: allTexts } = useBuilder()
  const texts = allTexts.value
  const { value: selection } = model.selection
  const { value: form } = model.form
  const step = 'step' in selection ? form.steps[selection.step] : undefined
  const field = selection.part === 'field' ? step?.fields[selection.index] : undefined
  const titles = {
    form: texts.outline.form,
    step: texts.outline.step('step' in selection ? selection.step + 1 : 1),
    field: field?.name ?? '',
    consents: texts.outline.consents,
    looks: texts.outline.looks,
    after: texts.outline.after,
  }
  return (
    <section class="panel settings stack" aria-label={titles[selection.part]}>
      {selection.part === 'form' && <FormSettings />}
      {selection.part === 'step' && step && <StepSettings key={step.id} step={step} index={selection.step} />}
      {selection.part === 'field' && field && (
        <FieldSettings key={field.name} field={field} place={selection} />
      )}
      {selection.part === 'consents' && <ConsentSettings />}
      {selection.part === 'looks' && <LookSettings />}
      {selection.part === 'after' && <AfterSettings />}
    </section>
  )
}
