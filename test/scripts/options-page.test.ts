import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createJsonSchema } from '../../src/embed/options/json-schema.ts'
import { renderOptionsPage } from '../../scripts/options-page.ts'
import { optionsTable } from '../../src/embed/options/options-table.ts'
import { definitionSchemas } from '../../src/form/definition-schema.ts'
import { parseDefinition } from '../../src/form/definition.ts'
import { define } from '../form/define.ts'

it('docs/options.md is that of the table: "npm run docs" writes it', async () => {
  const written = await readFile(new URL('../../docs/options.md', import.meta.url), 'utf8')
  expect(written).toBe(renderOptionsPage())
})

describe('the JSON Schema', () => {
  it('holds every option that stands in JSON, each with words', () => {
    const { properties }: { properties?: Readonly<Record<string, { description?: string }>> } =
      createJsonSchema()
    const written = Object.keys(optionsTable).filter((name) => !/^(on|before)/.test(name))
    expect(Object.keys(properties ?? {})).toEqual(written)
    for (const { description } of Object.values(properties ?? {})) expect(description).toMatch(/\.$/)
  })

  it('is plain JSON, and every reference in it leads somewhere', () => {
    const text = JSON.stringify(createJsonSchema())
    const references = [...text.matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g)].map(([, name]) => name ?? '')
    expect(references.length).toBeGreaterThan(0)
    for (const name of references) expect(Object.keys(definitionSchemas)).toContain(name)
  })

  const sample = define([{ name: 'amount' }], [])

  it.each(Object.keys(definitionSchemas.field.anyOf[1].properties))(
    'names %s of a field, which the parser of definitions knows, too',
    (property) => {
      const problems = problemsOf({
        ...sample,
        steps: [{ id: 'a', title: 'a', fields: [{ name: 'amount', [property]: [] }] }],
      })
      expect(problems.join()).not.toContain('no such option')
    },
  )

  it('asks for the same names of fields as the parser of definitions', () => {
    const { enum: names } = definitionSchemas.field.anyOf[0].anyOf[0]
    const fields = names.map((name) => ({ name }))
    const refused = problemsOf({ ...sample, steps: [{ id: 'a', title: 'a', fields }] })
    expect(refused.filter((problem) => problem.includes('name'))).toEqual([])
    expect(problemsOf({ ...sample, steps: [{ id: 'a', title: 'a', fields: ['cityKladr'] }] })).toHaveLength(1)
    expect(names).not.toContain('cityKladr')
  })

  it.each(Object.keys(definitionSchemas.definition.properties))('names %s of a definition', (property) => {
    expect(problemsOf({ ...sample, [property]: { wrong: true } }).join()).toContain(property)
  })
})

function problemsOf(candidate: object): readonly string[] {
  const read = parseDefinition(candidate)
  return 'problems' in read ? read.problems : []
}
