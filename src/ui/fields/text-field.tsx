import { fieldOf } from '../../fields/fields.ts'
import { fieldText } from '../../i18n/find-text.ts'
import { controlAttributes, FieldFrame } from './field-frame.tsx'
import type { FieldProps } from '../form-view.ts'
import { fieldsAfter } from '../input/enter-key.ts'
import { afterPress } from '../input/after-press.ts'
import { maskedControl } from '../input/recorder-marks.ts'
import { hasSuggestions, PlaceSlot } from '../places/place-slot.tsx'
import { useBoundText } from '../input/use-bound-text.ts'

/** Whether the person has gone to another window, and comes back to the same field. */
function isWindowLeft({ currentTarget }: FocusEvent): boolean {
  if (!(currentTarget instanceof Element)) return false
  const root = currentTarget.getRootNode()
  const isActive =
    (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === currentTarget
  return isActive || !currentTarget.ownerDocument.hasFocus()
}

/** A text field of one line or several. */
export function TextField(props: FieldProps) {
  const { view, field, whole } = props
  const { name } = field
  const { kind, attributes } = fieldOf(name)
  const { element, ref } = useBoundText(props, kind.mask)
  const {
    type = 'text',
    inputMode,
    autoComplete,
    autoCapitalize,
    // Some browsers send what they check to a server.
    spellCheck = kind.mask ? false : undefined,
  } = { ...kind.attributes, ...attributes, ...(whole && { autoComplete: 'name' }) }
  const lastKey = view.model.isLast.value ? ('send' as const) : ('go' as const)
  const common = {
    ...controlAttributes(props),
    ...maskedControl('anketa-input'),
    ref,
    name: whole ?? name,
    part: 'input',
    placeholder: field.placeholder ?? fieldText(whole ?? name, view.texts).placeholder,
    inputMode,
    autoComplete,
    autoCapitalize,
    spellcheck: spellCheck,
    autocorrect: spellCheck === false ? 'off' : undefined,
    enterKeyHint: fieldsAfter(view.model, whole ?? name).length > 0 ? ('next' as const) : lastKey,
    onBlur: (event: FocusEvent) => {
      if (whole && isWindowLeft(event)) return
      afterPress(event, () => (whole ? view.model.leaveName() : view.model.leave(name)))
    },
  }
  return (
    <FieldFrame {...props}>
      {kind.control === 'lines' ? (
        <textarea {...common} rows={2} />
      ) : type === 'tel' && !view.inPage ? (
        <input {...common} type="tel" />
      ) : (
        // Scripts of pages put masks on every input of type tel. `inputmode` shows the same keyboard.
        <input {...common} type="text" />
      )}
      {hasSuggestions(props) && <PlaceSlot {...props} input={element} />}
    </FieldFrame>
  )
}
