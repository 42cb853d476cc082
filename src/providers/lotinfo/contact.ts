import type { CanonicalName, LeadValue } from '../../lead/values.ts'
import type { Parameter } from '../parameter.ts'
import type { ProviderContext } from '../provider.ts'
import { textOf, type Written, writeParameters } from '../write-parameters.ts'
import type { LotinfoConfig } from './config.ts'

type Row = Parameter<LotinfoConfig>

/** The contacts of a client: phones and addresses, and a last one that only `fields` can fill. */
export const contactParameters: readonly Row[] = [
  ...contact(0, 'phone', { required: true }),
  ...contact(1, 'homePhone', { comment: 'Домашний' }),
  ...contact(2, 'jobPhone', { comment: 'Рабочий' }),
  ...contact(3, 'email'),
  ...contact(4, 'emailSecond'),
  ...contact(5),
]

/** A contact needs a value: without one, nothing else of it is sent. */
export function withoutEmptyContacts(written: readonly Written[]): readonly Written[] {
  return written.filter(({ path }) => {
    const [contact] = /^contacts\.\d+\./.exec(path) ?? []
    return contact === undefined || written.some((other) => other.path === `${contact}value`)
  })
}

function contact(
  index: number,
  name?: CanonicalName,
  { required, comment }: { readonly required?: true; readonly comment?: string } = {},
): readonly Row[] {
  const path = `contacts.${index}`
  const value: Row = {
    path: `${path}.value`,
    type: 'string',
    from: name === undefined ? 'fields' : { value: name },
    write: contactText,
    ...(required ? { required } : {}),
  }
  const typeOf = (context: ProviderContext, config: LotinfoConfig): ContactType | undefined => {
    const text = writeParameters([value], config, context)[0]?.value
    return typeof text === 'string' ? contactType(text) : undefined
  }
  const isPhone = (type: ContactType | undefined): boolean => type === 'mobile' || type === 'city'
  return [
    { path: `${path}.type`, type: 'string', from: { of: [], read: typeOf } },
    value,
    // The first of a type is the main one by itself.
    { path: `${path}.general`, type: 'integer', from: 'fields' },
    {
      path: `${path}.comment`,
      type: 'string',
      from: comment === undefined ? 'fields' : { template: comment },
    },
    {
      path: `${path}.spy`,
      type: 'integer',
      option: 'spy',
      from: {
        of: [],
        read: (context, config) => (isPhone(typeOf(context, config)) ? config.spy : undefined),
      },
    },
  ]
}

type ContactType = 'mobile' | 'city' | 'email' | 'other'

/** A mobile number starts with 7 for Lotinfo, any other with 8. */
function contactText(value: LeadValue): string {
  return textOf(value)
    .replace(/^\+(79\d{9})$/, '$1')
    .replace(/^\+7(\d{10})$/, '8$1')
}

function contactType(value: string): ContactType {
  if (/^79\d{9}$/.test(value)) return 'mobile'
  if (/^8\d{10}$/.test(value)) return 'city'
  return /^[^\s@]+@[^\s@]+$/.test(value) ? 'email' : 'other'
}
