import { choice } from './choice.ts'

/** A person's sex as documents have it. */
export const gender = choice(['female', 'male'])

/** What a patronymic tells of it; `undefined` when it tells nothing. */
export function guessGender(patronymic: string): 'female' | 'male' | undefined {
  if (/(?:вич|ич|оглы)$/i.test(patronymic)) return 'male'
  return /(?:вна|чна|шна|кызы)$/i.test(patronymic) ? 'female' : undefined
}
