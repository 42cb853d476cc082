import { type Check, integer, listOf, objectOf, oneOf, text } from '../core/check-json.ts'

/** Codes that the API has for the kinds of a phone and of an e-mail address. */
const phoneKinds = oneOf('WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'OTHER')
const emailKinds = oneOf('WORK', 'PRIV', 'OTHER')

/** Fields that the API has in every account, by their codes. */
const contactFields: Readonly<Record<string, Check>> = {
  PHONE: listOf(objectOf({ value: text(), enum_code: phoneKinds }, ['value'])),
  EMAIL: listOf(
    objectOf({ value: text(/^\S+@\S+$/, 'an e-mail address'), enum_code: emailKinds }, ['value']),
  ),
  POSITION: listOf(objectOf({ value: text() }, ['value'])),
}
const tracked = listOf(objectOf({ value: text() }, ['value']), { max: 1 })
const leadFields: Readonly<Record<string, Check>> = Object.fromEntries(
  ['SOURCE', 'MEDIUM', 'CAMPAIGN', 'CONTENT', 'TERM', 'REFERRER'].map((name) => [`UTM_${name}`, tracked]),
)

/** Values of fields: each names its field by an id of the account or by a code. */
function fieldValues(fields: Readonly<Record<string, Check>>): Check {
  const own = objectOf({ field_id: integer, values: listOf(objectOf({ value: text(), enum_id: integer })) }, [
    'field_id',
    'values',
  ])
  return listOf(
    (value, path) => {
      const { field_code: code }: { readonly field_code?: unknown } = Object(value)
      if (code === undefined) return own(value, path)
      const values = typeof code === 'string' && Object.hasOwn(fields, code) ? fields[code] : undefined
      return values
        ? objectOf({ field_code: text(), values }, ['values'])(value, path)
        : [{ path: `${path}.field_code`, expected: 'a code of this entity' }]
    },
    { max: 40 },
  )
}

const contact = objectOf({
  name: text(),
  first_name: text(),
  last_name: text(),
  responsible_user_id: integer,
  created_at: integer,
  custom_fields_values: fieldValues(contactFields),
})
const company = objectOf({ name: text(), custom_fields_values: fieldValues({}) })
const metadata = objectOf(
  {
    category: oneOf('forms'),
    form_id: text(),
    form_name: text(),
    form_page: text(),
    form_sent_at: integer,
    ip: text(),
    referer: text(),
  },
  ['category', 'form_id', 'form_name', 'form_page', 'form_sent_at'],
)

/**
 * The body of the combined creation of deals, as https://www.amocrm.ru/developers/content/crm_platform/leads-api and
 * amoCRM's own client describe it: up to 50 deals, each with one contact and one company.
 */
export const leadsBody: Check = (value, path) =>
  listOf(
    objectOf({
      name: text(),
      price: integer,
      status_id: integer,
      pipeline_id: integer,
      responsible_user_id: integer,
      created_at: integer,
      loss_reason_id: integer,
      request_id: text(),
      custom_fields_values: fieldValues(leadFields),
      _embedded: objectOf({
        tags: listOf(objectOf({ id: integer, name: text() })),
        contacts: listOf(contact, { max: 1 }),
        companies: listOf(company, { max: 1 }),
        metadata,
      }),
    }),
  )(value, path === '' ? 'leads' : path)
