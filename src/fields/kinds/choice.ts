import { boolean, picklist } from 'valibot'
import type { FieldKind } from '../field-kind.ts'

/** One of several options, numbers or words. An input holds an option as text. */
export function choiceOf<const Option extends string | number>(
  options: readonly Option[],
): FieldKind<Option> {
  return {
    control: 'choice',
    attributes: { autoComplete: 'off' },
    options,
    schema: picklist(options, 'choice-unknown'),
    normalize: (text) => options.find((option) => String(option) === text) ?? text,
    format: String,
  }
}

/** A person's sex as in documents. */
export const gender = choiceOf(['female', 'male'])

/** The sex that a patronymic implies; `undefined` if it implies none, or the surname implies the other one. */
export function guessGender(patronymic: string, lastName = ''): 'female' | 'male' | undefined {
  if (/(?:ич|огл[ыуи]|угли|ул[уы])$/i.test(patronymic))
    return /(?:[оеё]ва|[сц]кая)$/i.test(lastName) ? undefined : 'male'
  return /(?:вна|чна|шна|[кг]ызы|[кг]изи)$/i.test(patronymic) && !/(?:[оеё]в|[сц]кий)$/i.test(lastName)
    ? 'female'
    : undefined
}

/** A checkbox. Its text form is `да` or empty. A page may fill it in with the words of forms and programs; no other text is one. */
export const checkbox: FieldKind<boolean> = {
  control: 'flag',
  attributes: {},
  schema: boolean('choice-unknown'),
  normalize(text) {
    const known = /^(?:(да|true|1|on)|нет|false|0|off)?$/i.exec(text.trim())
    return known ? Boolean(known[1]) : text
  },
  format: (value) => (value ? 'да' : ''),
}
