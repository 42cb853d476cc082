/** The type of a parameter in the document: the maximum length of a text, or an integer. */
export type ParameterType = number | 'integer'

/** The parameters of a call, by name. */
export type CallParameters = Readonly<Record<string, ParameterType>>

const utm: CallParameters = {
  utm_source: 255,
  utm_campaign: 255,
  utm_medium: 255,
  utm_term: 255,
  utm_content: 255,
}

const custom: CallParameters = Object.fromEntries(
  Array.from({ length: 50 }, (_, index) => [`f_${index + 1}`, 255] as const),
)

/** The parameters of each call, by path, without `public_token`. */
export const calls: Readonly<Record<string, CallParameters>> = {
  'ctm/form/send': {
    url: Number.POSITIVE_INFINITY,
    email: 255,
    phone: 255,
    name: 255,
    ...utm,
    sum: 'integer',
    description: 500,
    guid: 255,
    gaid: 255,
  },
  'public/deal/add': {
    stage_id: 'integer',
    funnel_id: 'integer',
    author_id: 'integer',
    manager_id: 'integer',
    status_id: 'integer',
    type_id: 'integer',
    source_id: 'integer',
    name: 255,
    sum: 'integer',
    sum_original: 'integer',
    description: 500,
    ...utm,
    website: 255,
    comment: 255,
    gaid: 255,
    email: 255,
    phone: 255,
    client_name: 255,
    ...custom,
  },
  'public/contact/add': {
    name: 255,
    surname: 255,
    middlename: 255,
    phone: 255,
    phone_second: 255,
    email: 255,
    email_second: 255,
    position: 255,
    website: 255,
    company_id: 'integer',
    manager_id: 'integer',
    author_id: 'integer',
    ...utm,
    gaid: 255,
    guid: 255,
    fax: 255,
    skype: 255,
    icq: 255,
    age: 255,
    vk: 255,
    fb: 255,
    linkedin: 255,
    map_position: 255,
    country: 255,
    city: 255,
    address: 255,
    metro: 255,
  },
  'public/task/add': {
    manager_id: 'integer',
    author_id: 'integer',
    type_id: 'integer',
    status_id: 'integer',
    priority_id: 'integer',
    name: 255,
    description: 1000,
    date_expired: Number.POSITIVE_INFINITY,
    estimate_hour: 'integer',
    estimate_minute: 'integer',
    estimate_day: 'integer',
  },
  'public/company/add': {
    name: 255,
    phone: 255,
    email: 255,
    city: 255,
    website: 255,
    manager_id: 'integer',
    author_id: 'integer',
  },
}
