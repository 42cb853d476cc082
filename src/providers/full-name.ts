import type { LeadValues } from '../lead/values.ts'

/** Surname, name and patronymic as one text, as far as they are given. */
export function fullName({ lastName, firstName, middleName }: LeadValues): string {
  return [lastName, firstName, middleName].filter(Boolean).join(' ')
}
