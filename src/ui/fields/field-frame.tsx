import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { kindOf } from '../../fields/fields.ts'
import { fieldText, issueText } from '../../i18n/find-text.ts'
import type { FieldProps } from '../form-view.ts'
import { OptionalMark } from './optional-mark.tsx'

/** The DOM ids of a field's input, hint and message. */
export function fieldIds({ view, field, whole }: Omit<FieldProps, 'model'>) {
  const id = `${view.uid}-${whole ?? field.name}`
  return { id, hint: `${id}-hint`, message: `${id}-remark` }
}

/** The label, hint and message of a control. */
export function FieldFrame({ children, ...props }: FieldProps & { readonly children: ComponentChildren }) {
  const { view, field, model, whole = field.name } = props
  return (
    <div
      class="anketa-field"
      part="field"
      data-field={whole}
      data-control={kindOf(field).control}
      data-confirmed={model.isConfirmed.value ? '' : undefined}
    >
      <label class="anketa-label" part="label" for={fieldIds(props).id}>
        {fieldLabel(props)}
        {field.required === false && (!field.group || props.whole) && (
          <OptionalMark text={view.texts.optional} />
        )}
      </label>
      {children}
      <FieldDescription {...props} />
    </div>
  )
}

/** What is shown under a field: its hint, its error or warning, and a suggestion. */
export function FieldDescription(props: FieldProps) {
  const { view, model, field, whole = field.name } = props
  const ids = fieldIds(props)
  const hint = fieldHint(props)
  const message = model.message.value
  const later = message && view.laterViews()
  const suggestion = message?.suggestion
  const kind = message?.warning ? 'warning' : 'error'
  const text = message && issueText({ ...message, field: whole }, view.texts)
  const announcement = message && `${fieldLabel(props)}. ${view.texts[kind]} ${text}`
  const known = useRef(announcement)
  useLayoutEffect(() => {
    // A message that the person comes back to is read with the field.
    if (announcement !== undefined && announcement !== known.current) view.live.announceSoon(announcement)
    known.current = announcement
  }, [view, announcement])
  return (
    <>
      {hint && (
        <p key={hint} class="anketa-hint" part="hint" id={ids.hint}>
          {hint}
        </p>
      )}
      {later && (
        <later.Message key={`${text} ${suggestion}`} id={ids.message} kind={kind} texts={view.texts}>
          {text}
          <later.Offer {...props} message={message} />
        </later.Message>
      )}
    </>
  )
}

/** The label of a field: the definition's, or the locale's own. */
export function fieldLabel({ view, field, whole }: Omit<FieldProps, 'model'>): string {
  return (whole ? field.group?.label : field.label) ?? fieldText(whole ?? field.name, view.texts).label
}

/** The attributes that connect a control with its hint and message. */
export function controlAttributes(props: FieldProps) {
  const ids = fieldIds(props)
  const message = props.model.message.value
  const described = [fieldHint(props) && ids.hint, message && ids.message].filter(Boolean).join(' ')
  return {
    id: ids.id,
    'aria-describedby': described || undefined,
    'aria-invalid': message && !message.warning ? ('true' as const) : undefined,
    'aria-required': props.field.required === false ? undefined : ('true' as const),
  }
}

function fieldHint({ view: { texts }, field, whole }: Omit<FieldProps, 'model'>): string | undefined {
  if (whole) return field.group?.hint ?? fieldText(whole, texts).hint
  const { name, hint = fieldText(name, texts).hint, minimum, maximum } = field
  if (minimum === undefined || maximum === undefined || (name !== 'amount' && name !== 'termDays'))
    return hint
  return [texts.limits[name](minimum, maximum), hint].filter(Boolean).join('. ')
}
