import type { CanonicalName, LeadValue } from '../../lead/values.ts'
import type { LeadContext } from '../core/context.ts'
import { formatText, type WrittenParameter, writeParameters } from '../core/write-parameters.ts'
import type { LotinfoConfig, LotinfoParameter } from './config.ts'

/** The contacts of a client: phones, e-mail addresses, and a last one that only a rule of `fields` can fill. */
export const contactParameters: readonly LotinfoParameter[] = [
  ...contactParameterGroup(0, 'phone', { required: true }),
  ...contactParameterGroup(1, 'homePhone', { comment: 'Домашний' }),
  ...contactParameterGroup(2, 'jobPhone', { comment: 'Рабочий' }),
  ...contactParameterGroup(3, 'email'),
  ...contactParameterGroup(4, 'emailSecond'),
  ...contactParameterGroup(5),
]

/** Leaves out contacts that have no value, or the value of an earlier one: a person may type one phone three times. */
export function withoutEmptyContacts(written: readonly WrittenParameter[]): readonly WrittenParameter[] {
  const values = new Map(
    written.flatMap(({ path, value }) => {
      const [, contact] = /^(contacts\.\d+)\.value$/.exec(path) ?? []
      return contact === undefined ? [] : [[contact, value] as const]
    }),
  )
  const kept = new Set(
    [...values].flatMap(([contact, value]) =>
      [...values].find(([, other]) => other === value)?.[0] === contact ? [contact] : [],
    ),
  )
  return written.filter(({ path }) => {
    const [contact] = /^contacts\.\d+/.exec(path) ?? []
    return contact === undefined || kept.has(contact)
  })
}

function contactParameterGroup(
  index: number,
  name?: CanonicalName,
  { required, comment }: { readonly required?: true; readonly comment?: string } = {},
): readonly LotinfoParameter[] {
  const path = `contacts.${index}`
  const value: LotinfoParameter = {
    path: `${path}.value`,
    type: 'string',
    from: name === undefined ? 'fields' : { value: name },
    format: formatContact,
    ...(required ? { required } : {}),
  }
  const typeOf = (context: LeadContext, config: LotinfoConfig): ContactType | undefined => {
    const text = writeParameters([value], config, context)[0]?.value
    return typeof text === 'string' ? detectContactType(text) : undefined
  }
  const isPhone = (type: ContactType | undefined): boolean => type === 'mobile' || type === 'city'
  return [
    {
      path: `${path}.type`,
      type: 'string',
      values: ['mobile', 'city', 'email', 'other'],
      from: { inputs: [], compute: typeOf },
    },
    value,
    // By default Lotinfo takes the first contact of a type as the main one.
    { path: `${path}.general`, type: 'integer', values: [0, 1], from: 'fields' },
    {
      path: `${path}.comment`,
      type: 'string',
      from: comment === undefined ? 'fields' : { template: comment },
    },
    {
      path: `${path}.spy`,
      type: 'integer',
      option: 'spy',
      values: [0, 1],
      from: {
        inputs: [],
        compute: (context, config) => (isPhone(typeOf(context, config)) ? config.spy : undefined),
      },
    },
  ]
}

type ContactType = 'mobile' | 'city' | 'email' | 'other'

/** Lotinfo expects a 7 before mobile numbers and an 8 before all others. */
function formatContact(value: LeadValue): string {
  return formatText(value)
    .replace(/^\+(79\d{9})$/, '$1')
    .replace(/^\+7(\d{10})$/, '8$1')
}

function detectContactType(value: string): ContactType {
  if (/^79\d{9}$/.test(value)) return 'mobile'
  if (/^8\d{10}$/.test(value)) return 'city'
  return /^[^\s@]+@[^\s@]+$/.test(value) ? 'email' : 'other'
}
