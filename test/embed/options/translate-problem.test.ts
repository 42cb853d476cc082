import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { describeIssue } from '../../../src/embed/options/advice.chunk.ts'
import { optionNames, optionSpec } from '../../../src/embed/options/options-table.ts'
import { translateProblem } from '../../../src/embed/options/translate-problem.ts'
import { openProvider } from '../../../src/embed/source/open-provider.ts'
import { resolveDefinition } from '../../../src/embed/source/page-definition.ts'
import { normalizeRelay } from '../../../src/embed/source/relay-address.ts'
import { parseDefinition } from '../../../src/form/definition.ts'
import { consoleRu } from '../../../src/i18n/ru/console.ts'
import { parseStaticPlaceList } from '../../../src/places/parse-static-place-list.ts'
import { providers } from '../../../src/providers/registry.ts'
import { define } from '../../form/define.ts'

/** Words that only English sentences have, outside of what is quoted. */
function englishWords(text: string): readonly string[] {
  const prose = text.replace(/«[^»]*»|"[^"]*"/g, '')
  const words =
    /\b(the|of|an?|is|are|was|it|its|has|have|had|to|for|with|without|which|and|not|no|such|there|expected|missing|could|must|may|failed|answered)\b/gi
  return prose.match(words) ?? []
}

const served = define([{ name: 'amount', minimum: 1000, maximum: 9000 }, { name: 'employment' }])
const deps = { fetch: async () => new Response('', { status: 404 }), baseUrl: 'https://landing.example.ru/' }

async function problemsOf(page: object, relay?: typeof served): Promise<readonly string[]> {
  const result = await resolveDefinition(page, deps, relay)
  return 'problems' in result ? result.problems : []
}

function refusalOf(relay: string): string {
  try {
    normalizeRelay(relay)
  } catch (error) {
    return String(error instanceof Error && error.message)
  }
  return ''
}

/** Sentences as the code makes them. */
const sentences = [
  ...['example.ru/a', 'ftp://a.ru/b', 'https://a.ru'].map(refusalOf),
  ...optionNames.map((name) => describeIssue({ where: 'option', name, expected: optionSpec(name) }, [])),
  ...(['option', 'attribute', 'field', 'value'] as const).flatMap((where) => [
    describeIssue({ where, name: 'amuont' }, ['amount']),
    describeIssue({ where, name: 'xyz' }, ['amount', 'xyz']),
  ]),
  ...(await problemsOf(
    { operator: { name: 'a' }, policyUrl: 'https://a.ru/', consentUrl: 'https://a.ru/' },
    served,
  )),
  ...(await problemsOf(
    { minimumAge: 3, passportExpiry: 'warn', form: { steps: [] } },
    { ...served, passportExpiry: 'error' },
  )),
  ...(await problemsOf({ form: 'callback' }, served)),
  ...(await problemsOf({ minimumAge: 3, passportExpiry: 'warn' }, { ...served, passportExpiry: 'error' })),
  ...(await problemsOf(
    {
      fields: { amount: { minimum: 1, maximum: 10_000 }, amuont: {}, snils: {}, employment: { options: [] } },
    },
    served,
  )),
  ...(await problemsOf({ fields: { amount: { lable: 1 }, phone: 3 } }, served)),
  ...(await problemsOf({})),
  ...(await problemsOf({ form: 'microlone' })),
  ...(await problemsOf({ form: '/forms.json' })),
  ...(await problemsOf({ form: '{' })),
  ...[
    {},
    {
      id: 1,
      steps: 1,
      operator: [],
      policyUrl: 'a',
      consents: [{ id: 'processing', required: false }],
      minimumAge: 300,
    },
    { ...served, steps: [...served.steps, ...served.steps], consents: [] },
    ...[
      { logo: 'javascript:1' },
      { rate: 1 },
      { title: 'Под 0 %' },
      { fullCost: { min: 2, max: 1 }, rate: -1 },
      { fullCost: { min: -1, max: 1 } },
      { url: 'https://{utm_source}/' },
      { url: 'https://example.ru/{phone}' },
      { url: 'javascript:1' },
    ].map((changes) => ({
      ...served,
      after: { declined: { offers: [{ title: 'a', url: 'https://example.ru/', ...changes }] } },
    })),
    ...[
      { loan: { ratePerDay: 0.8 } },
      { loan: { ratePerDay: -1, fullCost: 1, freeDays: -1 } },
      { title: 'Под 0 %' },
      { steps: [{ id: 'a', title: 'a', kind: 'calculator', fields: [] }] },
      { steps: [{ id: 'a', title: 'a', kind: 'calculator', fields: ['amount'] }] },
      ...[
        { presets: [1000] },
        { control: 'slider' },
        { name: 'phone', control: 'slider' },
        { control: 'slider', minimum: 1, maximum: 2, presets: [3] },
        { control: 'slider', minimum: 1, maximum: 2, presets: [] },
      ].map((changes) => ({ steps: [{ id: 'a', title: 'a', fields: [{ name: 'amount', ...changes }] }] })),
    ].map((changes) => ({ ...served, ...changes })),
    {
      ...served,
      steps: [
        {
          id: 'a',
          title: '',
          fields: [
            'phnoe',
            'xyz',
            { name: 'email', requird: true },
            { name: 'employment', options: [{ value: 99, label: 'a' }] },
          ],
        },
      ],
    },
  ].flatMap((definition) => {
    const result = parseDefinition(definition)
    return 'problems' in result ? result.problems : []
  }),
  ...[
    { provider: 'devtec' },
    { provider: 'devtek', providerOptions: { tokn: 1, token: 'a' } },
    { provider: 'devtek', providerOptions: { idWebmaster: 1, token: 'a' }, exposeCredentials: true },
  ].flatMap((page) => {
    const result = openProvider(page, providers, { ...served, consents: [] })
    return 'problems' in result ? result.problems : result.warnings
  }),
  ...[{ cities: 1 }, { cities: [{ name: '', type: 1, kladr: '1', population: 'a' }] }].flatMap((list) => {
    const result = parseStaticPlaceList(list)
    return 'problems' in result
      ? result.problems.map((problem) => `option "places" (attribute data-places): ${problem}`)
      : []
  }),
].filter(Boolean)

describe('a sentence on the console', () => {
  it.each(sentences)('%s', (sentence) => {
    expect(englishWords(translateProblem(sentence))).toEqual([])
  })

  it('keeps its path, its names and its lines', () => {
    expect(
      translateProblem(
        'the form could not be shown: steps.0.fields.0: expected a field\'s name; did you mean "phone"?\noperator.name: missing',
      ),
    ).toBe(
      'форма не показана: steps.0.fields.0: ожидается имя поля; возможно, «phone»?\noperator.name: не задано',
    )
  })

  it('that has no translation stays as it is', () => {
    expect(translateProblem('devtek: the token is rejected')).toBe('devtek: the token is rejected')
  })

  it('is translated wherever the code reports one', async () => {
    const folder = new URL('../../../src/embed/', import.meta.url)
    const names = (await readdir(folder, { recursive: true })).filter((name) => /\.tsx?$/.test(name))
    const files = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')))
    const reported = files.flatMap((code) =>
      Array.from(
        code.matchAll(/\breport\(\s*(?:'((?:[^'\\]|\\.)+)'|`([^`]+)`)/g),
        ([, text, template = '']) => text ?? template.replace(/\$\{[^}]*\}+/g, '<name>'),
      ),
    )
    expect(reported.length).toBeGreaterThan(12)
    expect(reported.filter((sentence) => englishWords(translateProblem(sentence)).length > 0)).toEqual([])
  })

  it('that is known by its beginning begins like no other', () => {
    const phrases = Object.keys(consoleRu)
    const beginnings = phrases.filter((phrase) => phrase.endsWith(' …')).map((phrase) => phrase.slice(0, -1))
    expect(beginnings.length).toBeGreaterThan(20)
    for (const beginning of beginnings)
      expect(phrases.filter((phrase) => phrase.startsWith(beginning))).toEqual([`${beginning}…`])
  })

  it('has the same placeholders in both languages', () => {
    const placeholders = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted()
    for (const [english, russian] of Object.entries(consoleRu))
      expect([russian, ...placeholders(russian)]).toEqual([russian, ...placeholders(english)])
  })
})
