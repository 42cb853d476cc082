import { type Check, decimal, integer, isoDate, listOf, objectOf, oneOf, text } from '../core/check-json.ts'

/** A multiple field: `[{ "VALUE": "…", "VALUE_TYPE": "WORK" }]`. */
function multifield(...types: readonly string[]): Check {
  return listOf(objectOf({ VALUE: text(), VALUE_TYPE: oneOf(...types) }, ['VALUE', 'VALUE_TYPE']))
}

const flag = oneOf('Y', 'N')

/** The parameter `fields` of crm.lead.add (https://apidocs.bitrix24.com/api-reference/crm/leads/crm-lead-add.html). */
const leadFields = objectOf(
  {
    ADDRESS: text(),
    ADDRESS_2: text(),
    ADDRESS_CITY: text(),
    ADDRESS_COUNTRY: text(),
    ADDRESS_COUNTRY_CODE: text(),
    ADDRESS_POSTAL_CODE: text(),
    ADDRESS_PROVINCE: text(),
    ADDRESS_REGION: text(),
    ASSIGNED_BY_ID: integer,
    BIRTHDATE: isoDate,
    COMMENTS: text(),
    COMPANY_ID: integer,
    COMPANY_TITLE: text(),
    CONTACT_ID: integer,
    CONTACT_IDS: listOf(integer),
    CURRENCY_ID: text(/^[A-Z]{3}$/, 'a currency of three letters'),
    EMAIL: multifield('WORK', 'HOME', 'MAILING', 'OTHER'),
    HONORIFIC: text(),
    IM: multifield('TELEGRAM', 'VK', 'OTHER'),
    LINK: multifield('USER'),
    LAST_NAME: text(),
    NAME: text(),
    SECOND_NAME: text(),
    OPENED: flag,
    OPPORTUNITY: decimal,
    IS_MANUAL_OPPORTUNITY: flag,
    ORIGINATOR_ID: text(),
    ORIGIN_ID: text(),
    PHONE: multifield('WORK', 'MOBILE', 'FAX', 'HOME', 'PAGER', 'MAILING', 'OTHER'),
    POST: text(),
    SOURCE_DESCRIPTION: text(),
    SOURCE_ID: oneOf(
      'CALL',
      'EMAIL',
      'WEB',
      'ADVERTISING',
      'PARTNER',
      'RECOMMENDATION',
      'TRADE_SHOW',
      'WEBFORM',
      'CALLBACK',
      'RC_GENERATOR',
      'STORE',
      'OTHER',
    ),
    STATUS_DESCRIPTION: text(),
    STATUS_ID: oneOf('NEW', 'IN_PROCESS', 'PROCESSED', 'JUNK', 'CONVERTED'),
    TITLE: text(),
    UTM_CAMPAIGN: text(),
    UTM_CONTENT: text(),
    UTM_MEDIUM: text(),
    UTM_SOURCE: text(),
    UTM_TERM: text(),
    WEB: multifield('WORK', 'HOME', 'OTHER'),
  },
  [],
  (value, path) =>
    /^fields\.UF_[A-Z\d_]+$/.test(path) ? text()(value, path) : [{ path, expected: 'no such parameter' }],
)

/** The body of the call. */
export const leadBody: Check = objectOf(
  { fields: leadFields, params: objectOf({ REGISTER_SONET_EVENT: flag }) },
  ['fields'],
)
