/** A field that a campaign requires, in the shape of `campaign_settings`. */
export type SandboxCampaignSetting = {
  readonly field_name: string
  readonly regexp: string
  readonly required: boolean
  readonly description: string
}

/** An invented campaign. */
export type SandboxCampaign = {
  readonly title: string
  /** What it accepts: applications, applications with an SMS code, or nothing. */
  readonly takes: 'applications' | 'sms' | 'nothing'
  readonly settings: readonly SandboxCampaignSetting[]
}

const createSetting = (
  field_name: string,
  regexp = '',
  required = true,
  description = '',
): SandboxCampaignSetting => ({
  field_name,
  regexp,
  required,
  description,
})

/** The campaigns of the sandbox, by id. */
export const sandboxCampaigns: Readonly<Record<number, SandboxCampaign>> = {
  17809: { title: 'Ничего своего не требует', takes: 'applications', settings: [] },
  17288: {
    title: 'Имена по-русски, телефон с +7',
    takes: 'applications',
    settings: [
      createSetting('last_name', "^[А-Яа-яЁё' -]+$"),
      createSetting('first_name', "^[А-Яа-яЁё' -]+$"),
      createSetting('middle_name', "^[А-Яа-яЁё' -]+$", false),
      createSetting('birth_date'),
      createSetting('mobile_phone', '^\\+79\\d{9}$'),
    ],
  },
  16126: {
    title: 'Свои поля: вид карты и цель одним словом',
    takes: 'applications',
    settings: [
      createSetting('product_type', '^[1,3,7,8]{1}$', true, '1-credit; 3-card; 7-gold-card; 8-platinum-card'),
      createSetting('loan_reason', '^[а-яё]+$', true, 'На что пойдут деньги, одним словом'),
    ],
  },
  16633: {
    title: 'Имена латиницей, телефон с 8',
    takes: 'applications',
    settings: [
      createSetting('first_name', '^[a-zA-Z]+$'),
      createSetting('last_name', '^[a-zA-Z]+$'),
      createSetting('mobile_phone', '^89\\d{9}$'),
    ],
  },
  16651: {
    title: 'Регулярные выражения, которые не работают',
    takes: 'applications',
    settings: [
      createSetting('work_organization', '(', false),
      createSetting('birth_place', '^(?=.*а)(?!.*ы).*$', false),
      createSetting('email', '^(([a-z0-9])+.)+[a-z]+$', false),
    ],
  },
  17810: { title: 'Не принимает заявки', takes: 'nothing', settings: [] },
  66: { title: 'Банк с кодом из СМС', takes: 'sms', settings: [] },
  65: {
    title: 'Банк с кодом из СМС, телефон без +7',
    takes: 'sms',
    settings: [
      createSetting('mobile_phone', '^9\\d{9}$'),
      createSetting('passport_cn', '^\\d{4} \\d{6}$', false),
    ],
  },
}

/** Patterns that are invalid or dangerous on purpose, so that the sandbox does not run them. */
const unusablePatterns = new Set(sandboxCampaigns[16651]?.settings.map(({ regexp }) => regexp))

/** The error of a campaign in an application's fields; `undefined` if it accepts them. */
export function findFieldError({ settings }: SandboxCampaign, fields: URLSearchParams): string | undefined {
  for (const { field_name: name, regexp, required } of settings) {
    const value = fields.get(name)
    if (value === null) {
      if (required) return `${name}: обязательное поле`
    } else if (regexp !== '' && !unusablePatterns.has(regexp) && !new RegExp(regexp, 'u').test(value)) {
      return `${name}: неверный формат`
    }
  }
  return undefined
}
