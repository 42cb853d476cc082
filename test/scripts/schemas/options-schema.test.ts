import { describe, expect, it } from 'vitest'
import { optionsTable } from '../../../src/embed/options/options-table.ts'
import { parseOptions } from '../../../src/embed/options/parse-options.ts'
import { presets } from '../../../src/form/presets/presets.ts'
import { definitionOf, propertiesOf } from '../../../scripts/schemas/convert-schema.ts'
import { createOptionsSchema } from '../../../scripts/schemas/options-schema.ts'
import { findSnippets, loadDocsPages } from '../../project/docs-pages.ts'
import { compileSchema } from './compile-schema.ts'

const schema = createOptionsSchema()
const validate = compileSchema(schema)
const relay = 'https://leads.example.ru/forms/main'
const snippets = (await loadDocsPages()).flatMap(findSnippets).filter(({ kind }) => kind === 'options')

describe('the JSON Schema of the options', () => {
  it('has every option that JSON can hold, with a description', () => {
    const { $schema, ...properties } = propertiesOf(schema)
    const expected = Object.keys(optionsTable).filter((name) => !/^(on|before|validate)/.test(name))
    expect(Object.keys(properties)).toEqual(expected)
    expect($schema).toBeDefined()
    for (const { description } of Object.values(properties)) expect(description).toMatch(/\.$/)
  })

  it('has every part of a definition', () => {
    for (const name of ['definition', 'step', 'field', 'condition', 'operator', 'consent'])
      expect(definitionOf(schema, name)).toBeDefined()
  })

  it.each([
    ...snippets.map(({ at, code }) => ({ name: at, options: Object(JSON.parse(code)) })),
    ...Object.entries(presets).flatMap(([name, form]) => [
      { name: `the preset ${name}`, options: { test: true, form } },
      { name: `the name ${name}`, options: { test: true, form: name } },
    ]),
    { name: 'a list as one item', options: { relay, metrika: 1, prefillFromUrl: 'amount' } },
    { name: 'changes of fields', options: { relay, fields: { amount: { maximum: 30_000, label: 'a' } } } },
    { name: 'a relative URL', options: { relay: '/forms/main', form: 'forms/main.json' } },
    {
      name: 'a provider',
      options: {
        provider: 'devtek',
        providerOptions: { idWebmaster: 1, token: 'secret' },
        exposeCredentials: true,
        form: 'devtek',
      },
    },
  ])('accepts $name', ({ options }) => {
    expect(validate(options)).toEqual([])
    expect(parseOptions(options, []).issues).toEqual([])
  })

  it.each([
    { relay, redirect: 'ftp://example.ru/' },
    { relay: ' ' },
    { relay, theme: 'black' },
    { relay, thema: 'dark' },
    { relay, minimumAge: -1 },
    { relay, attributionDays: 1.5 },
    { relay, metrika: [{}] },
    { relay, shadow: 'no' },
  ])('refuses %j, as the form does', (options) => {
    expect(validate(options)).not.toEqual([])
    expect(parseOptions(options, []).issues).not.toEqual([])
  })

  it.each([
    { theme: 'dark' },
    { test: false, form: 'microloan' },
    { relay: 'ftp://leads.example.ru/forms/main' },
    { relay, form: 'microlone' },
    { relay, fields: { amount: { lable: 'a' } } },
    { relay, consents: [] },
    { relay, policyUrl: 'ftp://example.ru/policy' },
    { provider: 'devtec', form: 'devtek' },
    { provider: 'devtek', form: 'devtek', providerOptions: { idWebmaster: '1' } },
    { provider: 'devtek', form: 'devtek', providerOptions: { websiteId: 1 } },
  ])('refuses %j, of which the form would not start', (options) => {
    expect(validate(options)).not.toEqual([])
  })
})
