import { describe, expect, it } from 'vitest'
import { type PageForm, resolveDefinition } from '../../../src/embed/source/page-definition.ts'
import type { FieldDefinition, FormDefinition } from '../../../src/form/definition.ts'
import { createServedDefinition } from '../../../src/relay/http/form-routes.ts'
import { define, processing } from '../../form/define.ts'

const served: FormDefinition = { ...define([{ name: 'amount' }], []), id: 'served', minimumAge: 21 }
const steps = [{ id: 'own', title: 'Свой шаг', fields: ['phone' as const] }]
const operator = { name: 'ООО Страница' }
const ownSteps = (amount: Partial<FieldDefinition>) => ({
  id: 'own',
  steps: [
    { id: 'step-0', title: 'Шаг', fields: [{ ...amount, name: 'amount' as const }] },
    { id: 'step-1', title: 'Шаг', fields: [] },
  ],
})

/** Resolves the definition of a page over the one that its relay serves. */
async function resolve(page: PageForm, relay: FormDefinition | undefined = served) {
  const result = await resolveDefinition(
    page,
    { fetch: async () => new Response('', { status: 404 }), baseUrl: 'https://landing.example.ru/' },
    relay,
  )
  return 'definition' in result ? { ...result, problems: [] } : { definition: undefined, ...result }
}

describe('the options of a page with a relay', () => {
  it.each<[string, PageForm, Partial<FormDefinition>]>([
    ['nothing', {}, {}],
    ['a higher age', { minimumAge: 30 }, { minimumAge: 30 }],
    ['an expired passport', { passportExpiry: 'error' }, { passportExpiry: 'error' }],
    ['the own operator', { operator: served.operator, policyUrl: served.policyUrl }, {}],
    [
      'the own consent, in the short form',
      { consentUrl: processing.documentUrl, consentVersion: processing.version },
      {},
    ],
    [
      'a label and, in an option, a limit',
      { form: ownSteps({ label: 'Сколько' }), fields: { amount: { maximum: 5000 } } },
      { steps: ownSteps({ label: 'Сколько', maximum: 5000 }).steps },
    ],
  ])('narrow the served definition: %s', async (_, page, expected) => {
    const { definition, problems } = await resolve(page)
    expect(problems).toEqual([])
    expect(definition).toEqual({ ...served, ...expected })
  })

  it.each<[string, PageForm, RegExp]>([
    ['other fields', { form: { id: 'own', steps } }, /^steps: /],
    ['another operator', { operator }, /^operator: /],
    ['another policy', { policyUrl: 'https://example.ru/other' }, /^policyUrl: /],
    ['another consent', { consentUrl: 'https://example.ru/c', consentVersion: '1' }, /^consents: /],
    ['a lower age', { minimumAge: 18 }, /^minimumAge: /],
    ['a field that is not asked', { fields: { snils: { label: 'a' } } }, /^fields\.snils: /],
    [
      'a key that fields have not',
      { fields: { amount: { lable: 'a' } } },
      /^fields\.amount\.lable: there is no such option; did you mean "label"\?/,
    ],
    ['no object', { fields: ['amount'] }, /^fields\.0: expected an object, got a text/],
  ])('are refused with a sentence where they say something else: %s', async (_, page, problem) => {
    expect((await resolve(page)).problems).toEqual([expect.stringMatching(problem)])
  })

  it('are checked alone: the relay may be newer than this script', async () => {
    const newer = { ...served, consents: [{ ...served.consents[0], scope: 'new' }] }
    const relay: FormDefinition = JSON.parse(JSON.stringify(newer))
    expect((await resolve({ minimumAge: 30 }, relay)).definition).toEqual({ ...newer, minimumAge: 30 })
    expect((await resolve({ operator: {} })).problems).toEqual(['operator.name: missing'])
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

it('the URL of a definition may be that of a form of a relay, whatever the relay adds to it', async () => {
  const written = define(
    [{ name: 'amount' }, { name: 'passportIssuedCode' }, { name: 'passportIssuedBy' }],
    [],
  )
  const looks = { look: 'bank', colors: { accent: '#112233' } }
  const answered = createServedDefinition(
    { ...written, partial: true },
    { hasStatistics: true, hasDepartments: true, looks },
  )
  expect(Object.keys(answered)).toEqual(
    expect.arrayContaining(['texts', 'looks', 'statistics', 'departments', 'partial']),
  )
  const page = { form: 'https://relay.example.ru/forms/main' }
  const deps = { fetch: async () => Response.json(answered), baseUrl: 'https://landing.example.ru/' }
  expect(await resolveDefinition(page, deps)).toEqual({ definition: written })
})
