/** The sections that a lead's `data` may have. */
export const leadSections = ['main', 'detailed', 'job'] as const

/** One section of a lead's `data`. */
export type LeadSection = (typeof leadSections)[number]

type FieldValue =
  | { readonly type: 'string'; readonly max: number; readonly pattern?: RegExp }
  | { readonly type: 'number' }
  | { readonly type: 'enum'; readonly last: number }
  | { readonly type: 'date' }
  | { readonly type: 'moment' }

/**
 * A row of the document's table: the section and name of a field, its values, and the message for a malformed value.
 */
export type LeadField = FieldValue & {
  readonly section: LeadSection
  readonly name: string
  /** `may be absent`: required by the document, but a person may have no patronymic. Never null or empty. */
  readonly presence: 'required' | 'may be absent' | 'optional'
  readonly message: string
}

const russianName = /^[А-Яа-яЁё](?:[А-Яа-яЁё -]*[А-Яа-яЁё])?$/
const mobilePhone = /^\+79\d{9}$/
const emailUser = /[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*/
const emailHost = /(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]/
const email = new RegExp(`^${emailUser.source}@${emailHost.source}$`, 'i')
const address = /^https?:\/\/[^\s/?#]+(?:[/?#]\S*)?$/
const addressWithoutQuery = /^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*)?$/

// Region 00 does not exist, a current code of a city ends in 00, and a region is a city only if it is a federal city.
const cityCode = /^(?!00)(?!(?!77|78|92|99)\d{2}0{11}$)\d{11}00$/

const wrongCode = 'Введите правильный код КЛАДР'
const wrongPhone = 'Введите правильный номер телефона'

/** Every field of a lead, in the order of the document and as strict as its description allows. */
export const leadFields: readonly LeadField[] = [
  ...section('main', [
    required('last_name', text(255, russianName), 'Введите правильную фамилию'),
    required('first_name', text(255, russianName), 'Введите правильное имя'),
    {
      ...required('middle_name', text(255, russianName), 'Введите правильное отчество'),
      presence: 'may be absent',
    },
    required('birthday', { type: 'date' }, 'Введите правильную дату рождения'),
    required('phone', text(255, mobilePhone), wrongPhone),
    optional('email', text(255, email), 'Введите правильный адрес электронной почты'),
    required('kladr', text(13, cityCode), 'Введите правильный код КЛАДР города'),
    required('amount', { type: 'number' }, 'Введите правильную сумму кредита'),
    optional('credit_history', { type: 'enum', last: 5 }, 'Выберите кредитную историю из списка'),
    optional('sopd_date', { type: 'moment' }, 'Введите правильные дату и время заявки'),
    optional('sopd_site', text(255, addressWithoutQuery), 'Введите адрес сайта без параметров'),
    optional('sopd_general', text(255, address), 'Введите полный адрес документа'),
    optional('sopd_signed', text(255, address), 'Введите полный адрес документа'),
    // The document also allows integers here, but the provider's SDK requires strings.
    optional('channel'),
    optional('sub_id1'),
    optional('sub_id2'),
    optional('sub_id3'),
    optional('sub_id4'),
    optional('sub_id5'),
  ]),
  ...section('detailed', [
    optional('passport_series', text(255, /^\d{4}$/), 'Введите правильную серию паспорта'),
    optional('passport_number', text(255, /^\d{6}$/), 'Введите правильный номер паспорта'),
    optional('passport_issued_date', { type: 'date' }, 'Введите правильную дату выдачи паспорта'),
    optional('passport_issued'),
    // The document's pattern is \d{4}-\d{4}; its example and every real code have three digits.
    optional('passport_issued_code', text(255, /^\d{3}-\d{3}$/), 'Введите правильный код подразделения'),
    optional('registration_region'),
    optional('registration_city'),
    optional('registration_index', text(255, /^\d{6}$/), 'Введите правильный почтовый индекс'),
    optional('registration_street'),
    optional('registration_street_kladr', text(255, /^\d{17}$/), wrongCode),
    optional('registration_city_kladr', text(255, /^\d{13}$/), wrongCode),
    optional('registration_region_kladr', text(255, /^\d{13}$/), wrongCode),
    optional('registration_house'),
    optional('registration_house_kladr', text(255, /^\d{19}$/), wrongCode),
    optional('registration_housing'),
    optional('registration_housing_kladr', text(255, /^\d{19}$/), wrongCode),
    optional('registration_apartment'),
    optional('deposit', { type: 'enum', last: 8 }, 'Выберите залог из списка'),
  ]),
  ...section('job', [
    optional('region'),
    optional('city'),
    optional('street'),
    optional('house'),
    optional('housing'),
    optional('region_kladr', text(255, /^\d{13}$/), wrongCode),
    optional('city_kladr', text(255, /^\d{13}$/), wrongCode),
    optional('street_kladr', text(255, /^\d{17}$/), wrongCode),
    optional('place'),
    optional('monthly_income', { type: 'number' }, 'Введите правильный доход'),
    optional('experience', { type: 'number' }, 'Введите правильный стаж в месяцах'),
    optional('phone', text(12, mobilePhone), wrongPhone),
    optional('employment', { type: 'enum', last: 9 }, 'Выберите тип трудоустройства из списка'),
    // The document's \w+ does not match its own Cyrillic example, so any text is accepted.
    optional('position'),
  ]),
]

type Row = FieldValue & Pick<LeadField, 'name' | 'presence' | 'message'>

function section(name: LeadSection, rows: readonly Row[]): LeadField[] {
  return rows.map((row) => ({ ...row, section: name }))
}

function required(name: string, value: FieldValue, message: string): Row {
  return { ...value, name, presence: 'required', message }
}

function optional(name: string, value: FieldValue = text(255), message = 'Введите правильное значение'): Row {
  return { ...value, name, presence: 'optional', message }
}

function text(max: number, pattern?: RegExp): FieldValue {
  return { type: 'string', max, ...(pattern && { pattern }) }
}
