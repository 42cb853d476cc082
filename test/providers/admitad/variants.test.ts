import fc from 'fast-check'
import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { LeadValues } from '../../../src/lead/values.ts'
import { providers } from '../../../src/providers/registry.ts'
import { fullContext } from '../../contracts/support/full-lead.ts'

const { admitad } = providers
const config = parse(admitad.config, { websiteId: 7, campaigns: [1], accessToken: 'invented' })

/** What is sent to a campaign that has a pattern for one parameter, and whether anybody is warned about it. */
function sendTo(name: string, pattern: string, values: LeadValues = {}) {
  const context = {
    ...fullContext,
    lead: { ...fullContext.lead, values: { ...fullContext.lead.values, ...values } },
    campaignSettings: [{ name, pattern, required: true, description: '' }],
    matches: (source: string, text: string) => new RegExp(source).test(text),
  }
  const sent = new URLSearchParams(admitad.operations.create.request(config, context).body).get(name) ?? ''
  return { isRight: new RegExp(pattern).test(sent), issues: admitad.check?.(config, context) ?? [], sent }
}
const right = { isRight: true, issues: [] }

/** The pattern of a text in which every digit, capital and small letter is one of its kind. */
function patternOf(text: string): string {
  const kinds = text
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/\d/g, '\\d')
    .replace(/[А-ЯЁ]/g, '[А-ЯЁ]')
  return `^${kinds}$`
}

describe('a value is sent as the pattern of a campaign wants it', () => {
  it('whatever the layout of a phone', () => {
    const [separator, inner] = [fc.constantFrom('', ' ', '-', '.'), fc.constantFrom('', '-', ' ', '.')]
    const layouts = fc.tuple(fc.constantFrom('+7', '7', '8', ''), separator, fc.boolean(), separator, inner)
    fc.assert(
      fc.property(layouts, ([prefix, before, hasBrackets, after, within]) => {
        const area = hasBrackets ? '(900)' : '900'
        const number = ['000', '00', '42'].join(within)
        const phone = `${prefix}${prefix === '' ? '' : before}${area}${after}${number}`
        const pattern = patternOf(phone).replace(/^\^(?:\\\+)?\\d/, (start) =>
          prefix === '' ? start : `^${prefix.replace('+', '\\+')}`,
        )
        expect(sendTo('mobile_phone', pattern), phone).toMatchObject({ ...right, sent: phone })
      }),
    )
  })

  it('whatever the layout of a date', () => {
    const parts = ['05.09.1990', '05/09/1990', '05-09-1990', '05 09 1990', '05091990', '05.09.90', '05/09/90']
    const years = ['1990-09-05', '1990/09/05', '1990.09.05', '19900905', '1990-09-05T00:00:00', '5.9.1990']
    for (const date of [...parts, ...years, '1990-09-05 00:00:00', '1990-09-05T00:00:00Z', '5/9/1990']) {
      expect(sendTo('birth_date', patternOf(date)), date).toMatchObject(right)
    }
  })

  it("whatever the layout of a passport's number", () => {
    const separators = fc.constantFrom(' ', '-', ', ', ',', ' № ', '№', ' №', ':', '/', 'N', ' N ', ' N')
    fc.assert(
      fc.property(fc.constantFrom('0315', '03 15', '03-15'), separators, (series, separator) => {
        const number = `${series}${separator}000050`
        expect(sendTo('passport_cn', patternOf(number)), number).toMatchObject({ ...right, sent: number })
      }),
    )
  })

  it('whatever the letters of a name', () => {
    const names = [
      'Салтыкова-Щедрина',
      "О'Нил",
      'Гусейн оглы',
      'Алёна',
      'Ю',
      'Мамин-Сибиряк',
      "Д'Артаньян-Ёлкин",
    ]
    const patterns = [
      ['^[a-zA-Z]+$', '^[A-Z]+$', '^[a-z]+$', '^[A-Z][a-z]*$', '^[A-Za-z -]+$', '^[A-Za-z ]+$'],
      [
        '^[а-яА-Я]+$',
        '^[А-Я]+$',
        '^[а-я]+$',
        '^[А-Я][а-я]*$',
        '^[А-Яа-я -]+$',
        '^[А-ЯЁ][а-яё]*$',
        '^[А-Яа-яЁё ]+$',
      ],
    ].flat()
    for (const lastName of names) {
      for (const pattern of patterns) {
        expect(sendTo('last_name', pattern, { lastName }), `${lastName} ${pattern}`).toMatchObject(right)
      }
    }
  })

  it.each([
    ['credit_sum', ['50000', '50000.00', '50000,00', '50000.0', '50 000', '50 000.00']],
    ['gender', ['female', 'F', 'f', 'FEMALE', 'ж', 'Ж', 'жен', 'женский', 'Женский']],
  ])('in another notation: %s', (name, notations) => {
    for (const text of notations) {
      const pattern = `^${text.replace('.', '\\.')}$`
      expect(sendTo(name, pattern), text).toMatchObject({ ...right, sent: text })
    }
  })
})
