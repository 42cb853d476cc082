import type { FieldKind } from '../field-kind.ts'
import type { CheckResult } from '../text/checks.ts'

/** One of several options, numbers or words; in an input each stands as its text. */
export function choiceOf<const Option extends string | number>(
  options: readonly Option[],
): FieldKind<Option> {
  return {
    control: 'choice',
    attributes: { autoComplete: 'off' },
    options,
    check(candidate) {
      const value = options.find((option) => option === candidate)
      return value === undefined ? { code: 'choice-unknown' } : { value }
    },
    normalise: (text) => options.find((option) => String(option) === text) ?? text,
    format: String,
  }
}

/** A person's sex as documents have it. */
export const gender = choiceOf(['female', 'male'])

/** What a patronymic tells of it; `undefined` when it tells nothing. */
export function guessGender(patronymic: string): 'female' | 'male' | undefined {
  if (/(?:вич|ич|оглы)$/i.test(patronymic)) return 'male'
  return /(?:вна|чна|шна|кызы)$/i.test(patronymic) ? 'female' : undefined
}

/** A box to tick. Its text form is `да` or nothing. */
export const checkbox: FieldKind<boolean> = {
  control: 'flag',
  attributes: {},
  check: checkBoolean,
  normalise: (text) => text === 'да',
  format: (value) => (value ? 'да' : ''),
}

/** Checks yes and no. */
export function checkBoolean(candidate: unknown): CheckResult<boolean> {
  return typeof candidate === 'boolean' ? { value: candidate } : { code: 'choice-unknown' }
}

/** A question with two answers, neither of them given beforehand. */
export const yesNo: FieldKind<boolean> = {
  control: 'choice',
  attributes: { autoComplete: 'off' },
  options: ['да', 'нет'],
  check: checkBoolean,
  normalise: (text) => (text === 'да' ? true : text === 'нет' ? false : text),
  format: (value) => (value ? 'да' : 'нет'),
}
