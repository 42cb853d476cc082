import { describe, expect, it } from 'vitest'
import { composites } from '../../src/fields/composites.ts'
import { type FieldName, fieldOf, fields, isFieldName } from '../../src/fields/fields.ts'
import { parseDefinition } from '../../src/form/definition.ts'
import { processing } from './define.ts'

/** A complete definition. */
const example = {
  id: 'main',
  title: 'Заявка на заём',
  steps: [
    { id: 'loan', title: 'Сумма и срок', fields: ['amount', 'termDays'] },
    {
      id: 'person',
      title: 'О вас',
      fields: [
        'lastName',
        'firstName',
        'middleName',
        'birthDate',
        'phone',
        { name: 'email', required: false },
      ],
    },
    {
      id: 'passport',
      title: 'Паспорт',
      when: { field: 'amount', atLeast: 15_000 },
      fields: ['passport', 'passportIssuedDate', 'passportIssuedCode', 'passportIssuedBy', 'issuePlace'],
    },
    {
      id: 'job',
      title: 'Работа',
      fields: ['employment', { name: 'jobPlace', when: { field: 'employment', oneOf: [1, 3, 5] } }],
    },
  ],
  operator: { name: 'ООО Пример', address: 'Тюмень', withdrawalContact: 'consent@example.ru' },
  policyUrl: 'https://example.ru/policy',
  consents: [{ ...processing, text: 'Согласен' }],
}

/** The example with one step and one field. */
const asking = (field: unknown) => ({ ...example, steps: [{ id: 'only', title: 'Шаг', fields: [field] }] })
const when = (condition: unknown) => asking({ name: 'email', when: condition })

const names = Object.keys(fields).filter(isFieldName)
const control = (name: FieldName) => fieldOf(name).kind.control

describe('a definition', () => {
  it('is parsed from its documented form', () => {
    const result = parseDefinition(JSON.parse(JSON.stringify(example)))
    expect(result).toMatchObject({ definition: { id: 'main', consents: example.consents } })
    expect(result).toHaveProperty('definition.steps.0.fields', [{ name: 'amount' }, { name: 'termDays' }])
    expect(result).toHaveProperty('definition.steps.1.fields.5', { name: 'email', required: false })
    expect(result).toHaveProperty('definition.steps.2.when', { field: 'amount', atLeast: 15_000 })
    expect(result).toHaveProperty('definition.steps.3', {
      ...example.steps[3],
      fields: [{ name: 'employment' }, example.steps[3]?.fields[1]],
    })
  })

  it.each([
    { field: 'amount', equals: 1 },
    { field: 'amount', oneOf: [1, 'два', true] },
    { field: 'amount', atMost: 1 },
    { field: 'passport', filled: true },
    { field: 'cityKladr', equals: '7700000000000' },
    { field: 'amount', filled: false },
    { field: 'registration', filled: true },
    { field: 'residenceCityKladr', filled: true },
    { all: [{ any: [{ not: { field: 'phone', filled: true } }] }] },
  ])('accepts the condition %o', (condition) => {
    expect(parseDefinition(when(condition))).toHaveProperty('definition.steps.0.fields.0.when', condition)
  })

  it('accepts every override of a field', () => {
    const field = {
      name: 'amount',
      label: 'Л',
      hint: 'Х',
      placeholder: 'П',
      required: true,
      minimum: 1,
      maximum: 2,
      options: [
        { value: 1, label: 'Один' },
        { value: 2, label: 'Два' },
      ],
      when: { field: 'phone', filled: true },
    }
    expect(parseDefinition(asking(field))).toHaveProperty('definition.steps.0.fields.0', field)
  })
})

describe('a field of a definition', () => {
  it.each([...Object.keys(composites), ...names.filter((name) => control(name) !== 'hidden')])(
    'may be %s',
    (name) => {
      expect(parseDefinition(asking(name))).toHaveProperty('definition.steps.0.fields', [{ name }])
    },
  )

  it.each(names.filter((name) => control(name) === 'hidden'))('may not be %s, which is hidden', (name) => {
    expect(parseDefinition(asking(name))).toHaveProperty('problems.length', 1)
  })
})

describe('a mistake is reported with its path and what was expected', () => {
  const condition = /a condition: \{ field, equals/
  it.each<[unknown, string, RegExp]>([
    [undefined, '', /^missing$/],
    ['{}', '', /^expected an object, got a text$/],
    [{ ...example, id: '' }, 'id', /not empty/],
    [{ ...example, id: 5 }, 'id', /expected a text, got a number/],
    [{ ...example, steps: [] }, 'steps', /at least one step/],
    [{ ...example, steps: undefined }, 'steps', /missing/],
    [{ ...example, steps: [{ id: 'x', fields: [] }] }, 'steps.0.title', /missing/],
    [
      { ...example, steps: [{ id: 'x', title: 'X', fields: [], wen: {} }] },
      'steps.0.wen',
      /no such option; did you mean "when"\?/,
    ],
    [asking('phon'), 'steps.0.fields.0', /a field's name; did you mean "phone"\?$/],
    [asking('shoesize'), 'steps.0.fields.0', /a field's name, one of lastName, .* registration, /],
    [asking({ name: 'phon' }), 'steps.0.fields.0.name', /did you mean "phone"\?/],
    [asking('passportSeries'), 'steps.0.fields.0', /did you mean "passport", of which this is a part/],
    [asking('cityKladr'), 'steps.0.fields.0', /did you mean "issuePlace"/],
    [asking({ name: 'gender', options: ['male'] }), 'steps.0.fields.0.options.0', /an object/],
    [asking({ name: 'gender', options: [{ value: 'male' }] }), 'steps.0.fields.0.options.0.label', /missing/],
    [asking({ name: 'phone', requried: true }), 'steps.0.fields.0.requried', /did you mean "required"/],
    [asking({ name: 'amount', minimum: '1' }), 'steps.0.fields.0.minimum', /number/],
    [asking({ label: 'X' }), 'steps.0.fields.0.name', /missing/],
    [asking(5), 'steps.0.fields.0', /an object, got a number/],
    [asking(null), 'steps.0.fields.0', /an object, got null/],
    [when({ field: 'amount' }), 'steps.0.fields.0.when', condition],
    [when({ field: 'amount', atLeast: 1, atMost: 2 }), 'steps.0.fields.0.when', condition],
    [when({ field: 'amount', atLeast: '1' }), 'steps.0.fields.0.when', condition],
    [when({ not: { field: 'amount', equal: 1 } }), 'steps.0.fields.0.when', condition],
    [when({ field: 'amuont', filled: true }), 'steps.0.fields.0.when.field', /did you mean "amount"\?/],
    [when('amount > 1'), 'steps.0.fields.0.when', condition],
    [{ ...example, operator: undefined }, 'operator', /missing/],
    [{ ...example, operator: {} }, 'operator.name', /missing/],
    [{ ...example, policyUrl: '/policy' }, 'policyUrl', /an absolute address/],
    [{ ...example, policyUrl: 'https://user:pass@example.ru/' }, 'policyUrl', /without a user name/],
    [{ ...example, policyUrl: 'javascript:alert(1)' }, 'policyUrl', /an absolute address/],
    [{ ...example, consents: [] }, 'consents', /the consent "processing" with "required": true/],
    [{ ...example, consents: [{ ...processing, id: 'transfer' }] }, 'consents', /the consent "processing"/],
    [
      { ...example, consents: [{ ...processing, required: false }] },
      'consents.0.required',
      /expected true for the consent "processing"/,
    ],
    [
      { ...example, consents: [processing, processing] },
      'consents.1.id',
      /unique id, consents\.0 has the same$/,
    ],
    [
      { ...example, steps: [...example.steps, { id: 'loan', title: 'Х', fields: [] }] },
      'steps.4.id',
      /unique id, steps\.0 has the same$/,
    ],
    [
      { ...example, steps: [...example.steps, { id: 'more', title: 'Х', fields: [{ name: 'phone' }] }] },
      'steps.4.fields.0',
      /each field once, steps\.1\.fields\.4 has this one already$/,
    ],
    [
      {
        ...asking('registration'),
        steps: [{ id: 'x', title: 'Х', fields: ['registration', 'registrationCity'] }],
      },
      'steps.0.fields.1',
      /steps\.0\.fields\.0 has this one already$/,
    ],
    [
      { ...example, consents: [{ ...processing, required: 'yes' }] },
      'consents.0.required',
      /true or false, got a text/,
    ],
    [{ ...example, consents: [{ ...processing, version: '' }] }, 'consents.0.version', /not empty/],
    [
      { ...example, consents: [{ ...processing, documentUrl: 'x' }] },
      'consents.0.documentUrl',
      /an absolute address/,
    ],
    [{ ...example, consents: [{ ...processing, checked: true }] }, 'consents.0.checked', /no such option/],
    [{ ...example, minimumAge: '18' }, 'minimumAge', /a number/],
    [{ ...example, minimumAge: 18.5 }, 'minimumAge', /whole years/],
    [{ ...example, maximumAge: 10_000 }, 'maximumAge', /whole years/],
    [{ ...example, passportExpiry: 'block' }, 'passportExpiry', /"warn" or "error"/],
  ])('%o: %s', (candidate, path, expectation) => {
    const result = parseDefinition(candidate)
    const problems = 'problems' in result ? result.problems : []
    expect(problems).toHaveLength(1)
    const where = path === '' ? '' : `${path}: `
    expect(problems[0]?.startsWith(where)).toBe(true)
    expect(problems[0]?.slice(where.length)).toMatch(expectation)
  })

  it('is reported with the others', () => {
    const steps = [
      { id: 'a', title: 'А', fields: ['phone'], wen: 1, titel: 2 },
      { id: 'a', title: '', fields: ['phone'] },
    ]
    expect(parseDefinition({ ...example, id: '', policyUrl: 'x', consents: [], steps })).toEqual({
      problems: [
        'id: expected a text that is not empty',
        'steps.0.wen: there is no such option; did you mean "when"?',
        'steps.0.titel: there is no such option; did you mean "title"?',
        'steps.1.title: expected a text that is not empty',
        'policyUrl: expected an absolute address without a user name or a password, https://…',
        'steps.1.id: expected a unique id, steps.0 has the same',
        'steps.1.fields.0: expected each field once, steps.0.fields.0 has this one already',
        'consents: expected the consent "processing" with "required": true, without it personal data may not be taken',
      ],
    })
  })

  it('is reported without the value, which may be a misplaced secret', () => {
    const secret = 'SECRET1'
    const candidates = [
      secret,
      { ...example, minimumAge: secret, passportExpiry: secret, operator: secret, steps: secret },
      {
        ...example,
        policyUrl: `https://u:${secret}@example.ru/`,
        consents: [secret, { id: secret, required: secret }],
      },
      asking(secret),
      asking({ name: secret, required: secret, options: secret, minimum: secret, when: secret }),
      when({ field: secret, equals: secret }),
    ]
    for (const candidate of candidates) {
      const result = parseDefinition(candidate)
      expect(result).toHaveProperty('problems')
      expect(JSON.stringify(result)).not.toContain(secret)
    }
  })
})

describe('a consent that is given beforehand', () => {
  it.each(['checked', 'accepted', 'acceptedAt', 'value', 'default', 'defaultChecked'])(
    'is refused: "%s"',
    (name) => {
      const consents = example.consents.map((consent) => ({ ...consent, [name]: true }))
      expect(parseDefinition({ ...example, consents })).toHaveProperty('problems', [
        expect.stringMatching(/^consents\.0\./),
      ])
    },
  )
})

/** Copies of a value, each with an unknown key in one of its objects, and the path of that. */
function misspell(value: unknown, path = ''): readonly { readonly copy: unknown; readonly path: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([key, part]) =>
    misspell(part, `${path}${key}.`).map(({ copy, path: at }) => ({
      copy: Array.isArray(value) ? value.with(Number(key), copy) : { ...value, [key]: copy },
      path: at,
    })),
  )
  return Array.isArray(value) ? inner : [{ copy: { ...value, misspelt: 1 }, path }, ...inner]
}

describe('a key that there is not', () => {
  it.each(misspell(example))('is refused in "$path"', ({ copy, path }) => {
    const result = parseDefinition(copy)
    // A condition has one of several shapes, so its problem names the whole.
    const problem = path.endsWith('when.')
      ? `${path.slice(0, -1)}: expected a condition`
      : `${path}misspelt: there is no such option`
    expect(result).toHaveProperty('problems', [expect.stringContaining(problem)])
  })

  it('but names the schema of the file is left out', () => {
    const result = parseDefinition({ ...example, $schema: './definition.schema.json' })
    expect(result).toHaveProperty('definition')
    expect(result).not.toHaveProperty('definition.$schema')
  })

  it('is refused with the closest name', () => {
    const operator = { ...example.operator, withdrawlContact: 'a' }
    expect(parseDefinition({ ...example, operator })).toHaveProperty('problems', [
      'operator.withdrawlContact: there is no such option; did you mean "withdrawalContact"?',
    ])
  })
})
