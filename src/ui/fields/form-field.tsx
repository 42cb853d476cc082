import { useRef } from 'preact/hooks'
import { kindOf } from '../../fields/fields.ts'
import { sliderRange } from '../../fields/slider.ts'
import type { FieldProps } from '../form-view.ts'
import { ChoiceField } from './choice-field.tsx'
import { FlagField } from './flag-field.tsx'
import { SliderSlot } from '../calculator/slots.tsx'
import { TextField } from './text-field.tsx'

/** One field of a step, with the control of its kind. */
export function FormField({ view, field }: Omit<FieldProps, 'model'>) {
  const model = view.model.fields[field.name]
  const wasShown = useRef(false)
  if (!model) return null
  // What follows from other fields is shown once it has to be corrected, and then for another choice, too. What is chosen
  // stays shown.
  const isUnseen = field.implied && !model.entered.value && !model.message.value
  if (isUnseen && !wasShown.current) return null
  wasShown.current = true
  const { control } = kindOf(field)
  const props = { view, field, model }
  if (control === 'hidden') return null
  if (control === 'choice') return <ChoiceField {...props} />
  if (control === 'flag') return <FlagField {...props} />
  const range = sliderRange(field)
  return range ? (
    <div class="anketa-sliding" part="slider-field">
      <TextField {...props} />
      <SliderSlot {...props} range={range} />
    </div>
  ) : (
    <TextField {...props} />
  )
}
