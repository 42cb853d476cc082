/** A field as a campaign wants it, in the shape of `campaign_settings`. */
export type CampaignSetting = {
  readonly field_name: string
  readonly regexp: string
  readonly required: boolean
  readonly description: string
}

/** An invented campaign. */
export type Campaign = {
  readonly title: string
  /** What it takes: applications, applications with a code in an SMS, or none. */
  readonly takes: 'applications' | 'sms' | 'nothing'
  readonly settings: readonly CampaignSetting[]
}

const setting = (field_name: string, regexp = '', required = true, description = ''): CampaignSetting => ({
  field_name,
  regexp,
  required,
  description,
})

/** The campaigns of the sandbox, by id. */
export const campaigns: Readonly<Record<number, Campaign>> = {
  17809: { title: 'Ничего своего не требует', takes: 'applications', settings: [] },
  17288: {
    title: 'Имена по-русски, телефон с +7',
    takes: 'applications',
    settings: [
      setting('last_name', "^[А-Яа-яЁё' -]+$"),
      setting('first_name', "^[А-Яа-яЁё' -]+$"),
      setting('middle_name', "^[А-Яа-яЁё' -]+$", false),
      setting('birth_date'),
      setting('mobile_phone', '^\\+79\\d{9}$'),
    ],
  },
  16126: {
    title: 'Свои поля: вид карты и цель одним словом',
    takes: 'applications',
    settings: [
      setting('product_type', '^[1,3,7,8]{1}$', true, '1-credit; 3-card; 7-gold-card; 8-platinum-card'),
      setting('loan_reason', '^[а-яё]+$', true, 'На что пойдут деньги, одним словом'),
    ],
  },
  16633: {
    title: 'Имена латиницей, телефон с 8',
    takes: 'applications',
    settings: [
      setting('first_name', '^[a-zA-Z]+$'),
      setting('last_name', '^[a-zA-Z]+$'),
      setting('mobile_phone', '^89\\d{9}$'),
    ],
  },
  16651: {
    title: 'Регулярные выражения, которые не работают',
    takes: 'applications',
    settings: [
      setting('work_organization', '(', false),
      setting('birth_place', '^(?=.*а)(?!.*ы).*$', false),
      setting('email', '^(([a-z0-9])+.)+[a-z]+$', false),
    ],
  },
  17810: { title: 'Не принимает заявки', takes: 'nothing', settings: [] },
  66: { title: 'Банк с кодом из СМС', takes: 'sms', settings: [] },
  65: {
    title: 'Банк с кодом из СМС, телефон без +7',
    takes: 'sms',
    settings: [setting('mobile_phone', '^9\\d{9}$'), setting('passport_cn', '^\\d{4} \\d{6}$', false)],
  },
}

/** Patterns that are on purpose unfit to be checked with. */
const broken = new Set(campaigns[16651]?.settings.map(({ regexp }) => regexp))

/** What a campaign objects to in an application's fields; undefined when it takes them. */
export function objection({ settings }: Campaign, fields: URLSearchParams): string | undefined {
  for (const { field_name: name, regexp, required } of settings) {
    const value = fields.get(name)
    if (value === null) {
      if (required) return `${name}: обязательное поле`
    } else if (regexp !== '' && !broken.has(regexp) && !new RegExp(regexp, 'u').test(value)) {
      return `${name}: неверный формат`
    }
  }
  return undefined
}
