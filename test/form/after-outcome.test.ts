import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../src/form/definition.ts'
import { translateDefinition } from '../../src/form/translate-definition.ts'
import { define } from './define.ts'

const offer = {
  title: 'Пример',
  text: 'До 30 000 ₽',
  logo: 'logos/example.svg',
  url: 'https://lender.example.ru/?sub={subId1}&click={yclid}&lead={leadId}&n={number}&o={outcome}&erid={erid}',
  fullCost: { min: 0, max: 292 },
  rate: 0.8,
  advertiser: 'ООО «Пример»',
  erid: '2Vtzq',
}

function problemsOf(after: unknown): readonly string[] {
  const result = parseDefinition({ ...define([{ name: 'phone' }]), after })
  return 'problems' in result ? result.problems : []
}

const problemsOfOffer = (changes: object): readonly string[] =>
  problemsOf({ declined: { offers: [{ ...offer, ...changes }] } })

describe('what comes after an outcome', () => {
  it('is a part of the definition, for each outcome that a form can end with', () => {
    const after = {
      accepted: { title: 'Готово', text: 'Ждите', redirect: 'https://example.ru/thanks?lead={leadId}' },
      declined: { offers: [offer], again: true },
      duplicate: { again: false },
      queued: { offers: [] },
    }
    const result = parseDefinition({ ...define([{ name: 'phone' }]), after })
    expect('definition' in result && result.definition.after).toEqual(after)
  })

  it.each([
    [{ accepted: { redirekt: 'https://example.ru/' } }, 'after.accepted.redirekt: there is no such option'],
    [{ invalid: {} }, 'after.invalid: there is no such option'],
    [{ verification: {} }, 'after.verification: there is no such option'],
    [{ declined: { offers: [{ title: 'Пример' }] } }, 'after.declined.offers.0.url: missing'],
    [{ declined: { title: '' } }, 'after.declined.title: expected a text that is not empty'],
    [{ declined: { again: 'yes' } }, 'after.declined.again: expected true or false'],
  ])('%j is refused with its path', (after, problem) => {
    expect(problemsOf(after).join('\n')).toContain(problem)
  })
})

describe('a link', () => {
  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)//https://example.ru',
    'data:text/html,<script>1</script>',
    'ftp://example.ru/',
    '//example.ru/',
    '/thanks',
    'example.ru',
    '{utm_source}',
    'https://user:secret@example.ru/',
    ' javascript:alert(1)',
    'https://{utm_source}.example.ru/',
    'https://example.ru{utm_source}/',
    'https://{utm_source}/',
    'https:\\\\{utm_source}',
  ])('to %s is refused, for an offer and for a redirect', (url) => {
    const [problem, ...others] = problemsOfOffer({ url })
    expect(problem).toMatch(/^after\.declined\.offers\.0\.url: expected an /)
    expect(others).toEqual([])
    expect(problemsOf({ accepted: { redirect: url } }).join()).toMatch(
      /^after\.accepted\.redirect: expected an /,
    )
  })

  it.each(['phone', 'lastName', 'amount', 'custom.f_1', 'key', 'constructor', ''])(
    'with the macro {%s} is refused: values never get into links',
    (macro) => {
      const url = `https://lender.example.ru/?a={${macro}}`
      expect(problemsOfOffer({ url }).join()).toContain('values of the form never get into links')
    },
  )

  it.each([
    'leadId',
    'number',
    'outcome',
    'status',
    'utm_source',
    'yclid',
    'channel',
    'subId5',
    'erid',
    'clickid',
    'aff_sub3',
  ])('may have the macro {%s}', (macro) => {
    expect(problemsOfOffer({ url: `https://lender.example.ru/?a={${macro}}#{${macro}}` })).toEqual([])
  })
})

describe('the price of an offer', () => {
  it.each([
    { rate: 0.8 },
    { rate: '0 % первые 7 дней' },
    { text: 'Под 0 % на 7 дней' },
    { text: 'Всего 0,8% в день' },
    { text: 'Первый заём без процентов' },
  ])('%j without the full cost is refused', (changes) => {
    const problems = problemsOfOffer({ rate: undefined, fullCost: undefined, ...changes })
    expect(problems).toEqual([
      'after.declined.offers.0: expected the key "fullCost" beside a rate: by law the full cost of the loan stands before it',
    ])
    expect(problemsOfOffer(changes)).toEqual([])
  })

  it.each(['Заём под 0 %', 'До 292 % годовых'])('may not be in the title: %s', (title) => {
    expect(problemsOfOffer({ title }).join()).toContain('the full cost of the loan has to stand before it')
  })

  it.each(['Одобряют 95 % заявок', 'Вымысел 100'])('has no rate where %s', (text) => {
    expect(problemsOfOffer({ title: text, text, rate: undefined, fullCost: undefined })).toEqual([])
  })

  it.each([
    [{ min: 300, max: 292 }, 'fullCost: expected "min" up to "max"'],
    [{ min: -1, max: 292 }, 'fullCost.min: expected per cent a year, 0 or more'],
    [{ min: 0 }, 'fullCost.max: missing'],
  ])('%j is refused', (fullCost, problem) => {
    expect(problemsOfOffer({ fullCost }).join()).toContain(problem)
  })
})

describe('a logo', () => {
  it.each(['logos/a.svg', './a.png', '/a.png', 'https://example.ru/a.png', 'data:image/png;base64,AAAA'])(
    'may be %s',
    (logo) => {
      expect(problemsOfOffer({ logo })).toEqual([])
    },
  )

  it.each(['javascript:alert(1)', 'data:text/html,a', '//example.ru/a.png', 'blob:https://example.ru/1', ''])(
    'may not be "%s"',
    (logo) => {
      expect(problemsOfOffer({ logo })).toHaveLength(1)
    },
  )
})

it('the texts of outcomes and offers are translated, names of advertisers and links are not', () => {
  const after = {
    declined: { title: 'Отказ', text: 'Это не всё', offers: [{ ...offer, rate: 'Низкая' }], again: true },
  }
  const words = {
    Отказ: 'Declined',
    'Это не всё': 'There is more',
    Пример: 'Example',
    'До 30 000 ₽': 'Up to 30,000 roubles',
    Низкая: 'Low',
    'ООО «Пример»': 'wrong',
    [offer.url]: 'wrong',
  }
  const translated = translateDefinition({ ...define([{ name: 'phone' }]), after }, words)
  expect(translated.after).toEqual({
    declined: {
      title: 'Declined',
      text: 'There is more',
      offers: [{ ...offer, title: 'Example', text: 'Up to 30,000 roubles', rate: 'Low' }],
      again: true,
    },
  })
  expect(translateDefinition(define([{ name: 'phone' }]), words)).not.toHaveProperty('after')
})
