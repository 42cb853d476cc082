import { normalizeName, splitWholeName } from '../../fields/text/name-text.ts'
import { splitName } from '../../fields/text/split-name.ts'
import { fieldText } from '../../i18n/find-text.ts'
import type { FieldMessage, FieldModel } from '../../state/field-model.ts'
import type { FieldProps } from '../form-view.ts'

/** The button in a message that does what the person probably meant. Nothing is done without it. */
export function Offer({ view, field, model, message }: FieldProps & { readonly message: FieldMessage }) {
  const offer = findOffer({ view, field, model }, message)
  return (
    offer && (
      <>
        {' '}
        <button
          type="button"
          class="anketa-suggestion"
          part="suggestion"
          data-action="offer"
          onClick={offer.accept}
        >
          {offer.label}
        </button>
      </>
    )
  )
}

function findOffer(
  { view, field, model: { text } }: FieldProps,
  { code, suggestion }: FieldMessage,
): { readonly label: string; accept(): void } | undefined {
  const { model, texts } = view
  const { name } = field
  if (suggestion !== undefined) {
    return { label: texts.suggestion(suggestion), accept: () => model.acceptSuggestion(name, suggestion) }
  }
  // Without these fields there is nowhere to write what the person means.
  const { noMiddleName, middleName, firstName, lastName } = model.fields
  if (code === 'name-none' && noMiddleName) {
    return {
      label: fieldText('noMiddleName', texts).label,
      accept() {
        model.type(name, '')
        model.acceptSuggestion('noMiddleName', 'да')
      },
    }
  }
  if (!middleName || !firstName || !lastName) return undefined
  const whole = code === 'name-whole' ? splitWholeName(text.value) : undefined
  if (whole) {
    return {
      label: texts.split(Object.values(whole).join(', ')),
      accept() {
        model.fill({ noMiddleName: '', ...whole })
        model.acceptSuggestion('middleName', whole.middleName)
      },
    }
  }
  // The other part goes to its own field, if nothing else is written there.
  const pair = splitName(text.value)
  if (code === 'name-whole' && pair.isCertain && isFree(firstName, pair.firstName)) {
    return {
      label: texts.split([pair.lastName, pair.firstName].join(', ')),
      accept() {
        model.fill({ lastName: pair.lastName })
        model.acceptSuggestion('firstName', pair.firstName)
      },
    }
  }
  const patronymic = code === 'name-patronymic' && normalizeName(text.value)
  if (!patronymic || !isFree(middleName, patronymic)) return undefined
  return {
    label: `${fieldText('middleName', texts).label}: ${patronymic}`,
    accept() {
      model.fill({ noMiddleName: '', middleName: patronymic })
      model.acceptSuggestion(name, '')
    },
  }
}

/** Whether a field has no other text than this. */
function isFree({ text }: FieldModel, entered: string): boolean {
  return text.value === '' || normalizeName(text.value) === entered
}
