import { describe, expect, it } from 'vitest'
import { type PageForm, resolveDefinition } from '../../../src/embed/source/definition.chunk.ts'
import type { FormDefinition } from '../../../src/form/definition.ts'
import { define } from '../../form/define.ts'

const served: FormDefinition = { ...define([{ name: 'amount' }], []), id: 'served', minimumAge: 21 }
const steps = [{ id: 'own', title: 'Свой шаг', fields: ['phone' as const] }]
const operator = { name: 'ООО Страница' }

/** What a page's own words come to over what its relay serves, and what its author is told. */
async function read(own: PageForm, relay: FormDefinition | undefined = served) {
  const told: string[] = []
  const result = await resolveDefinition(
    own,
    {
      fetch: async () => new Response('', { status: 404 }),
      baseUrl: 'https://landing.example.ru/',
      onProblem: (problem) => told.push(problem),
    },
    relay,
  )
  return {
    told,
    ...('definition' in result ? { ...result, problems: [] } : { definition: undefined, ...result }),
  }
}

describe('what a page says of a form that its relay serves', () => {
  it.each<[string, PageForm, Partial<FormDefinition>]>([
    ['nothing', {}, { id: 'served', minimumAge: 21, steps: served.steps }],
    ['an age', { minimumAge: 30 }, { minimumAge: 30, steps: served.steps, operator: served.operator }],
    ['an operator', { operator }, { operator, policyUrl: served.policyUrl }],
    [
      'other questions',
      { form: { id: 'own', steps } },
      { id: 'own', operator: served.operator, minimumAge: 21 },
    ],
    [
      'questions and, outside of them, an age',
      { form: { id: 'own', steps, minimumAge: 40 }, minimumAge: 50 },
      { minimumAge: 50 },
    ],
    ['an outdated passport', { passportExpiry: 'error' }, { passportExpiry: 'error' }],
  ])('goes before that: %s', async (_, own, expected) => {
    const { definition, problems } = await read(own)
    expect(problems).toEqual([])
    expect(definition).toMatchObject(expected)
  })

  it('is checked alone: the relay may know what this script does not', async () => {
    const newer = { ...served, consents: [{ ...served.consents[0], scope: 'new' }] }
    const relay: FormDefinition = JSON.parse(JSON.stringify(newer))
    expect((await read({ minimumAge: 30 }, relay)).definition).toMatchObject({ ...newer, minimumAge: 30 })
    expect((await read({ operator: {} })).problems).toEqual(['operator.name: missing'])
  })

  it('is told of where its consents are not those of the relay, which would refuse them', async () => {
    const [consent] = served.consents
    expect((await read({ consents: served.consents })).told).toEqual([])
    expect((await read({ consents: [{ ...consent, version: 'another' }] })).told).toEqual([
      expect.stringContaining('expected those of the relay'),
    ])
    expect((await read({ consentUrl: 'https://example.ru/c', consentVersion: '1' })).told).toHaveLength(1)
  })
})

describe('a slip in a definition', () => {
  it.each<[object, string]>([
    [
      { steps: [{ ...steps[0], fields: ['phnoe'] }] },
      'steps.0.fields.0: expected a field\'s name; did you mean "phone"?',
    ],
    [
      { steps: [{ ...steps[0], feilds: [] }] },
      'steps.0.feilds: there is no such option; did you mean "fields"?',
    ],
    [{ steps: 'none' }, 'steps: expected a list, got a text'],
  ])('is told with its path, and what was meant', async (form, problem) => {
    expect((await read({ form })).problems).toContain(problem)
  })
})
