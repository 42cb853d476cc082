import { describe, expect, it } from 'vitest'
import { validateValues } from '../../../src/form/validate.ts'
import { parseDefinition } from '../../../src/form/definition.ts'
import { resolveFlow } from '../../../src/form/flow.ts'
import { devtekPreset } from '../../../src/form/presets/devtek.ts'
import { presets } from '../../../src/form/presets/presets.ts'
import { expandDefinition } from '../../../src/form/expand-definition.ts'
import type { LeadValues } from '../../../src/lead/values.ts'
import { vectors } from '../../fields/vectors.ts'
import { day } from '../../lead/day.ts'
import { inventedLead } from '../../lead/invented-lead.ts'
import { define } from '../define.ts'

const today = day(vectors.today)
const documents = define([])

describe.each(Object.entries(presets))('the preset %s', (name, preset) => {
  it('becomes a definition with documents', () => {
    const { operator, policyUrl, consents } = documents
    const definition = { ...preset, operator, policyUrl, consents }
    expect(parseDefinition(JSON.parse(JSON.stringify(definition)))).toEqual({ definition })
    expect(preset.id).toBe(name)
  })

  it('has unique fields and step ids', () => {
    const { steps } = expandDefinition(preset)
    const names = steps.flatMap((step) => step.fields.map((field) => field.name))
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(steps.map((step) => step.id)).size).toBe(steps.length)
  })
})

describe('the preset devtek', () => {
  const form = { ...documents, ...devtekPreset }
  const work = ['jobPlace', 'jobPosition', 'jobExperienceMonths', 'jobPhone', 'jobRegion', 'jobStreetKladr']
  const visibleNames = (values: LeadValues): readonly string[] =>
    resolveFlow(expandDefinition(form), values).steps.flatMap((step) =>
      step.fields.map((field) => field.name),
    )

  it.each([
    [undefined, false, true],
    [1, true, true],
    [2, true, true],
    [3, true, true],
    [4, true, true],
    [5, true, true],
    [6, false, false],
    [7, false, false],
    [8, false, true],
    [9, false, true],
  ])('with employment %s requests the place of work: %s, an income: %s', (employment, place, income) => {
    const names = visibleNames(employment === undefined ? {} : { employment })
    expect(work.map((name) => names.includes(name))).toEqual(work.map(() => place))
    expect(names.includes('jobIncome')).toBe(income)
  })

  const person: LeadValues = {
    ...inventedLead.values,
    passportSeries: '0315',
    registrationRegion: 'Тюменская область',
    registrationCity: 'Тюмень',
    registrationStreet: 'Вымышленная',
    registrationHouse: '12к2',
    registrationCityKladr: '7200000100000',
    employment: 1,
    jobPlace: 'ООО Пример',
    jobPosition: 'Мастер',
    jobExperienceMonths: 18,
    jobPhone: '+74950000001',
    jobIncome: 45_000,
  }

  it('accepts every field that it requests', () => {
    expect(validateValues(form, person, today)).toEqual({ values: person, issues: [] })
  })

  it('neither checks nor sends hidden values', () => {
    const { jobPlace, jobPosition, jobExperienceMonths, jobPhone, jobIncome, ...rest } = person
    const job = { jobPlace, jobPosition, jobExperienceMonths, jobPhone, jobIncome }
    const wrong = { ...job, jobPhone: 'wrong', jobPosition: '', jobExperienceMonths: -1 }
    for (const entered of [job, wrong]) {
      const values = { ...rest, ...entered, employment: 6 }
      expect(validateValues(form, values, today)).toEqual({ values: { ...rest, employment: 6 }, issues: [] })
    }
  })

  it('reports missing fields, each part of an address by its own name', () => {
    const given = { ...person, registrationStreet: undefined, jobPosition: undefined }
    expect(validateValues(form, { ...given, employment: undefined }, today).issues).toEqual([
      { field: 'registrationStreet', code: 'required' },
      { field: 'employment', code: 'required-choice' },
    ])
    expect(validateValues(form, given, today).issues).toEqual([
      { field: 'registrationStreet', code: 'required' },
      { field: 'jobPosition', code: 'required' },
    ])
  })
})

describe('a residence', () => {
  const form = define([{ name: 'registration' }, { name: 'residence', required: false }])
  const registration: LeadValues = {
    registrationRegion: 'Москва',
    registrationCity: 'Москва',
    registrationStreet: 'Вымышленная',
    registrationHouse: '1',
  }

  it.each<[LeadValues, LeadValues]>([
    [{ residenceSame: true, residenceCity: 'Тюмень' }, { residenceSame: true }],
    [{ residenceSame: true, residenceIndex: 'wrong' }, { residenceSame: true }],
    [
      { residenceSame: false, residenceCity: 'Тюмень' },
      { residenceSame: false, residenceCity: 'Тюмень' },
    ],
    [{ residenceCity: 'Тюмень' }, { residenceCity: 'Тюмень' }],
    [{}, {}],
  ])('%o counts as %o', (entered, counting) => {
    expect(validateValues(form, { ...registration, ...entered }, today)).toEqual({
      values: { ...registration, ...counting },
      issues: [],
    })
  })
})
