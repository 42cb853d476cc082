import type { FieldKind } from './field-kind.ts'
import type { FieldValue } from './fields.ts'
import { date } from './kinds/date.ts'
import { email } from './kinds/email.ts'
import { inn } from './kinds/inn.ts'
import { departmentCode, passport } from './kinds/passport.ts'
import { anyPhone, phone } from './kinds/phone.ts'
import { snils } from './kinds/snils.ts'

const doubted: ReadonlySet<FieldKind<FieldValue>> = new Set([
  phone,
  anyPhone,
  email,
  date,
  passport,
  departmentCode,
  snils,
  inn,
])

/** Whether people check their entry twice, so that it helps them to see that it is right. */
export function hasDoubts(kind: FieldKind<FieldValue>): boolean {
  return doubted.has(kind)
}
