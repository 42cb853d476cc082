import { describe, expect, it } from 'vitest'
import { composites } from '../../src/fields/composites.ts'
import { type FieldName, fieldOf, isFieldName } from '../../src/fields/fields.ts'
import { dependentCodes } from '../../src/fields/place/place-fields.ts'
import type { FieldDefinition } from '../../src/form/definition.ts'
import { resolveFlow } from '../../src/form/flow.ts'
import { type ResolvedField, expandDefinition } from '../../src/form/expand-definition.ts'
import type { LeadValues } from '../../src/lead/values.ts'
import { define, defineSteps } from './define.ts'

const ask = (...requests: readonly FieldDefinition[]): readonly ResolvedField[] =>
  expandDefinition(define(requests)).steps.flatMap((step) => step.fields)
const named = (list: readonly ResolvedField[], name: FieldName): ResolvedField | undefined =>
  list.find((field) => field.name === name)
const names = (list: readonly ResolvedField[]): string => list.map((field) => field.name).join(' ')
/** The names of the visible fields for some values. */
const shown = (requests: readonly FieldDefinition[], values: LeadValues): string =>
  names(resolveFlow(expandDefinition(define(requests)), values).steps.flatMap((step) => step.fields))

describe('an expanded definition', () => {
  it('does not change where nothing is implied', () => {
    const steps = [
      {
        id: 'loan',
        title: 'Заём',
        when: { field: 'phone', filled: true },
        fields: [{ name: 'amount', label: 'Сколько', minimum: 5 }, { name: 'passport' }],
      },
    ] as const
    expect(expandDefinition(defineSteps(steps))).toEqual({ steps })
  })

  it.each(Object.keys(composites))('%s becomes its parts, each a field of its own', (name) => {
    const composite = Object.entries(composites).find(([known]) => known === name)?.[1] ?? []
    expect(composite.length).toBeGreaterThan(3)
    expect(composite.filter((part) => !isFieldName(part.name))).toEqual([])
    // A hidden field is never required.
    const unseen = composite.filter((part) => fieldOf(part.name).kind.control === 'hidden')
    expect(unseen.filter((part) => part.required)).toEqual([])
  })
})

describe('a composite', () => {
  const when = { field: 'amount', atLeast: 5 } as const

  it('becomes every part, with its condition and its group', () => {
    const expanded = ask({ name: 'registration', label: 'Прописка', hint: 'Как в паспорте', when })
    expect(expanded).toHaveLength(composites.registration.length)
    for (const field of expanded) {
      expect(field.when).toEqual(when)
      expect(field.group).toEqual({ name: 'registration', label: 'Прописка', hint: 'Как в паспорте' })
      // The group's texts do not become those of each part.
      expect(field).not.toHaveProperty('label')
      expect(field).not.toHaveProperty('hint')
    }
  })

  it.each(['registration', 'residence'] as const)('%s requires a complete postal address', (name) => {
    const expanded = ask({ name })
    const required = expanded.filter((field) => field.required !== false)
    expect(names(required)).toBe(`${name}Region ${name}City ${name}Street ${name}House`)
  })

  it('requires nothing when it is optional', () => {
    expect(ask({ name: 'jobLocation', required: false }).every((field) => field.required === false)).toBe(
      true,
    )
    expect(names(ask({ name: 'jobLocation' }).filter((field) => field.required !== false))).toBe(
      'jobRegion jobCity jobStreet jobHouse',
    )
  })

  it('may be requested part by part', () => {
    expect(ask({ name: 'registrationCity', label: 'Город' })).toEqual([
      { name: 'registrationCity', label: 'Город' },
    ])
  })
})

describe('a whole name', () => {
  it('becomes its parts, of which the box hides the patronymic, and implies the gender', () => {
    const parts = ask({ name: 'fullName', label: 'ФИО' })
    expect(names(parts)).toBe('lastName firstName middleName noMiddleName gender')
    expect(parts.map(({ required }) => required)).toEqual([true, true, true, false, false])
    expect(parts[2]?.when).toEqual({ not: { field: 'noMiddleName', equals: true } })
    expect(parts.filter(({ implied }) => implied).map(({ name }) => name)).toEqual(['gender'])
    expect(new Set(parts.map(({ group }) => group?.label))).toEqual(new Set(['ФИО']))
  })

  it('leaves the gender to the question of a form that asks it', () => {
    const parts = ask({ name: 'fullName' }, { name: 'gender' })
    expect(names(parts)).toBe('lastName firstName middleName noMiddleName gender')
    expect(parts.filter(({ implied }) => implied)).toEqual([])
  })

  it('requires nothing when it is optional', () => {
    expect(ask({ name: 'fullName', required: false }).every(({ required }) => required === false)).toBe(true)
  })
})

describe('a residence', () => {
  const both: readonly FieldDefinition[] = [{ name: 'registration' }, { name: 'residence' }]

  it('adds the checkbox "the same" only together with the registration', () => {
    expect(named(ask(...both), 'residenceSame')).toMatchObject({
      required: false,
      group: { name: 'residence' },
    })
    expect(names(ask({ name: 'residence' }))).not.toContain('residenceSame')
    expect(names(ask({ name: 'registration' }))).not.toContain('residenceSame')
  })

  it('adds it if the registration is in another step, too', () => {
    const { steps } = expandDefinition(define([{ name: 'registration' }], [{ name: 'residence' }]))
    expect(steps[1]?.fields[0]?.name).toBe('residenceSame')
  })

  it('is hidden when the checkbox is ticked', () => {
    expect(shown(both, {})).toContain('residenceCity')
    expect(shown(both, { residenceSame: false })).toContain('residenceCity')
    expect(shown(both, { residenceSame: true })).toMatch(/ residenceSame$/)
    expect(shown(both, { residenceSame: true })).toContain('registrationCity')
  })

  it('is hidden together with its checkbox', () => {
    const hidden: readonly FieldDefinition[] = [
      { name: 'registration' },
      { name: 'residence', when: { field: 'amount', filled: true } },
    ]
    expect(shown(hidden, {})).not.toContain('residence')
    // A hidden checkbox hides nothing.
    expect(shown(hidden, { residenceSame: true })).not.toContain('residence')
  })

  it("uses the definition's own checkbox, which is not required", () => {
    const expanded = ask({ name: 'residenceSame', label: 'Там же' }, ...both)
    expect(expanded.filter(({ name }) => name === 'residenceSame')).toEqual([
      { name: 'residenceSame', label: 'Там же', required: false },
    ])
    expect(shown([{ name: 'residenceSame' }, ...both], { residenceSame: true })).not.toContain(
      'residenceCity',
    )
  })
})

describe('the checkbox "no patronymic"', () => {
  it.each<readonly FieldDefinition[]>([
    [{ name: 'middleName' }],
    [{ name: 'middleName' }, { name: 'noMiddleName' }],
    [{ name: 'middleName' }, { name: 'noMiddleName', required: true }],
  ])('is never required: %o', (...requests) => {
    expect(named(ask(...requests.flat()), 'noMiddleName')).toMatchObject({ required: false })
  })
})

it.each<[FieldName, string]>([
  ['registrationRegion', 'Region City Street House Housing'],
  ['registrationCity', 'City Street House Housing'],
  ['residenceStreet', 'Street House Housing'],
  ['residenceHouse', 'House Housing'],
  ['registrationHousing', 'Housing'],
  ['registrationApartment', ''],
  ['registrationIndex', ''],
  ['registrationCityKladr', 'Street House Housing'],
  ['registrationStreetKladr', 'House Housing'],
  ['jobStreetKladr', ''],
  ['jobRegion', 'Region City Street'],
  ['jobStreet', 'Street'],
  ['jobHouse', ''],
  ['jobPlace', ''],
  ['residenceSame', ''],
  ['lastName', ''],
])('%s, when edited, clears the codes of: %s', (name, levels) => {
  const prefix = /^[a-z]+/.exec(name)?.[0] ?? ''
  const codes = levels.split(' ').filter(Boolean)
  expect(dependentCodes(name)).toEqual(codes.map((level) => `${prefix}${level}Kladr`))
})

it.each<[FieldName, readonly string[]]>([
  ['region', ['regionId', 'cityKladr', 'cityId']],
  ['city', ['cityKladr', 'cityId']],
  ['cityKladr', []],
  ['cityId', []],
])('%s, when edited, clears: %o', (name, codes) => {
  expect(dependentCodes(name)).toEqual(codes)
})
