import { describe, expect, it } from 'vitest'
import { type PageForm, resolveDefinition } from '../../../src/embed/source/page-definition.ts'
import type { FormDefinition } from '../../../src/form/definition.ts'
import { define } from '../../form/define.ts'

const served: FormDefinition = { ...define([{ name: 'amount' }], []), id: 'served', minimumAge: 21 }
const steps = [{ id: 'own', title: 'Свой шаг', fields: ['phone' as const] }]
const operator = { name: 'ООО Страница' }

/** Resolves the definition of a page over the one that its relay serves. */
async function resolve(page: PageForm, relay: FormDefinition | undefined = served) {
  const reported: string[] = []
  const result = await resolveDefinition(
    page,
    {
      fetch: async () => new Response('', { status: 404 }),
      baseUrl: 'https://landing.example.ru/',
      onProblem: (problem) => reported.push(problem),
    },
    relay,
  )
  return {
    reported,
    ...('definition' in result ? { ...result, problems: [] } : { definition: undefined, ...result }),
  }
}

describe('the options of a page with a relay', () => {
  it.each<[string, PageForm, Partial<FormDefinition>]>([
    ['nothing', {}, { id: 'served', minimumAge: 21, steps: served.steps }],
    ['an age', { minimumAge: 30 }, { minimumAge: 30, steps: served.steps, operator: served.operator }],
    ['an operator', { operator }, { operator, policyUrl: served.policyUrl }],
    [
      'other fields',
      { form: { id: 'own', steps } },
      { id: 'own', operator: served.operator, minimumAge: 21 },
    ],
    [
      'fields and, outside of the definition, an age',
      { form: { id: 'own', steps, minimumAge: 40 }, minimumAge: 50 },
      { minimumAge: 50 },
    ],
    ['an expired passport', { passportExpiry: 'error' }, { passportExpiry: 'error' }],
  ])('take precedence over the served definition: %s', async (_, page, expected) => {
    const { definition, problems } = await resolve(page)
    expect(problems).toEqual([])
    expect(definition).toMatchObject(expected)
  })

  it('are checked alone: the relay may be newer than this script', async () => {
    const newer = { ...served, consents: [{ ...served.consents[0], scope: 'new' }] }
    const relay: FormDefinition = JSON.parse(JSON.stringify(newer))
    expect((await resolve({ minimumAge: 30 }, relay)).definition).toMatchObject({ ...newer, minimumAge: 30 })
    expect((await resolve({ operator: {} })).problems).toEqual(['operator.name: missing'])
  })

  it('are reported if their consents are not those of the relay, which would refuse them', async () => {
    const [consent] = served.consents
    expect((await resolve({ consents: served.consents })).reported).toEqual([])
    expect((await resolve({ consents: [{ ...consent, version: 'another' }] })).reported).toEqual([
      expect.stringContaining('expected those of the relay'),
    ])
    expect(
      (await resolve({ consentUrl: 'https://example.ru/c', consentVersion: '1' })).reported,
    ).toHaveLength(1)
  })
})

describe('a mistake in a definition', () => {
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
  ])('is reported with its path and the closest name', async (form, problem) => {
    expect((await resolve({ form })).problems).toContain(problem)
  })
})
