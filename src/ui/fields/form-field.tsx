import { kindOf } from '../../fields/fields.ts'
import type { FieldProps } from '../form-view.ts'
import { ChoiceField } from './choice-field.tsx'
import { FlagField } from './flag-field.tsx'
import { TextField } from './text-field.tsx'

/** One field of a step, with the control of its kind. */
export function FormField({ view, request }: Omit<FieldProps, 'field'>) {
  const field = view.model.fields[request.name]
  if (!field) return null
  const { control } = kindOf(request)
  const props = { view, request, field }
  if (control === 'hidden') return null
  if (control === 'choice') return <ChoiceField {...props} />
  if (control === 'flag') return <FlagField {...props} />
  return <TextField {...props} />
}
