import { describe, expect, it } from 'vitest'
import type { FieldDefinition } from '../../src/form/definition.ts'
import { addKnownCodes, createFieldModels, setFieldText, setValues } from '../../src/state/field-models.ts'
import { define } from '../form/define.ts'

const tyumen = { city: 'Тюмень', cityKladr: '7200000100000' }

function modelsOf(...fields: readonly FieldDefinition['name'][]) {
  return createFieldModels(define(fields.map((name) => ({ name }))))
}

describe('the models of a definition', () => {
  it('cover the parts of its composites and the fields that it implies', () => {
    const { models } = modelsOf('issuePlace', 'middleName')
    expect([...models.keys()]).toEqual(
      expect.arrayContaining(['region', 'city', 'cityKladr', 'noMiddleName']),
    )
  })

  it('hold only the values of fields that are shown', () => {
    const { models, values } = createFieldModels(
      define([
        { name: 'email', required: false },
        { name: 'comment', when: { field: 'email', equals: 'a@mail.ru' } },
      ]),
    )
    models.get('comment')?.setText('ремонт')
    expect(values.value).toEqual({})
    models.get('email')?.setText('a@mail.ru')
    expect(values.value).toEqual({ email: 'a@mail.ru', comment: 'ремонт' })
  })
})

describe('codes that follow from a name', () => {
  it('are those of a federal city', () => {
    expect(addKnownCodes({ city: 'Москва' })).toEqual({
      city: 'Москва',
      region: 'Москва',
      cityKladr: '7700000000000',
    })
    expect(addKnownCodes({ registrationCity: 'Москва' })).toMatchObject({
      registrationCityKladr: '7700000000000',
      registrationRegionKladr: '7700000000000',
    })
  })

  it('are not given to a village of the same name, nor to a place that has a code', () => {
    const village = { city: 'Москва', region: 'Тверская область' }
    expect(addKnownCodes(village)).toEqual(village)
    const chosen = { city: 'Москва', cityKladr: '6900000100000' }
    expect(addKnownCodes(chosen)).toEqual(chosen)
    expect(addKnownCodes({ city: 'Тюмень' })).toEqual({ city: 'Тюмень' })
  })
})

describe('the codes of a place', () => {
  const registration = {
    registrationRegion: 'Тюменская область',
    registrationCity: 'Тюмень',
    registrationStreet: 'Ленина',
    registrationRegionKladr: '7200000000000',
    registrationCityKladr: '7200000100000',
    registrationStreetKladr: '72000001000000100',
  }
  const codesOf = ({ models }: ReturnType<typeof modelsOf>) =>
    [
      'registrationRegionKladr',
      'registrationCityKladr',
      'registrationStreetKladr',
      'registrationHouseKladr',
      'cityKladr',
    ].flatMap((code) =>
      [...models].flatMap(([name, { text }]) => (name === code && text.value ? [code] : [])),
    )

  it.each([
    ['registrationRegion', ['cityKladr']],
    ['registrationCity', ['registrationRegionKladr', 'cityKladr']],
    ['registrationStreet', ['registrationRegionKladr', 'registrationCityKladr', 'cityKladr']],
    [
      'registrationHouse',
      ['registrationRegionKladr', 'registrationCityKladr', 'registrationStreetKladr', 'cityKladr'],
    ],
  ] as const)('that remain when %s is typed over are %j', (name, remaining) => {
    const form = modelsOf('registration', 'issuePlace')
    setValues(form.models, { ...registration, ...tyumen })
    setFieldText(form.models, name, 'Омск')
    expect(form.models.get(name)?.text.value).toBe('Омск')
    expect(codesOf(form)).toEqual(remaining)
  })

  it.each([
    ['registrationCityKladr', '7200000200000', ['registrationRegionKladr', 'registrationCityKladr']],
    [
      'registrationStreetKladr',
      '72000001000000200',
      ['registrationRegionKladr', 'registrationCityKladr', 'registrationStreetKladr'],
    ],
  ] as const)(
    'of finer levels go with another %s, because namesakes have one text',
    (name, code, remaining) => {
      const form = modelsOf('registration')
      setValues(form.models, { ...registration, registrationHouseKladr: '7200000100000010012' })
      setFieldText(form.models, name, code)
      expect(codesOf(form)).toEqual(remaining)
    },
  )

  it('are replaced together with the place that a program sets', () => {
    const { models } = modelsOf('issuePlace')
    setValues(models, tyumen)
    expect(models.get('cityKladr')?.text.value).toBe('7200000100000')
    setValues(models, { city: 'Тобольск' })
    expect(models.get('cityKladr')?.text.value).toBe('')
  })
})

describe('values that a program sets', () => {
  it.each(['4510 000050', '4510000050', 'серия 4510 № 000050', 4510000050])(
    'may be a text under the name of a field of several values: %j',
    (text) => {
      const { models, values } = modelsOf('passport')
      expect(setValues(models, JSON.parse(JSON.stringify({ passport: text })))).toEqual([])
      expect(values.value).toEqual({ passportSeries: '4510', passportNumber: '000050' })
    },
  )

  it('are returned where such a text has no value', () => {
    const { models, values } = modelsOf('passport')
    expect(setValues(models, JSON.parse('{"passport":"000050 4510"}'))).toEqual(['passport'])
    expect(values.value).toEqual({})
  })

  it('are returned by name where no field accepts them', () => {
    const { models, values } = modelsOf('phone', 'passport', 'amount')
    const rejected = setValues(models, {
      phone: '8 900 000-00-01',
      passportSeries: '4510',
      passportNumber: '123456',
      amount: -1,
      email: 'a@mail.ru',
    })
    expect(rejected).toEqual(['amount', 'email'])
    expect(values.value).toEqual({
      phone: '+79000000001',
      passportSeries: '4510',
      passportNumber: '123456',
    })
  })
})
