import { describe, expect, it } from 'vitest'
import { devtekPreset } from '../../../src/form/presets/devtek.ts'
import { isServedDefinition } from '../../../src/form/served/served-definition.ts'
import { define, defineSteps } from '../define.ts'

describe("a relay's response", () => {
  const definition = { ...define([]), ...devtekPreset }

  it('is a definition, even with fields that an older script does not know', () => {
    expect(isServedDefinition(JSON.parse(JSON.stringify(definition)))).toBe(true)
    const newer = {
      ...definition,
      steps: [{ id: 'x', title: 'X', fields: [{ name: 'new' }] }],
      colour: 'red',
    }
    expect(isServedDefinition(newer)).toBe(true)
    expect(isServedDefinition(defineSteps([]))).toBe(true)
  })

  it.each([
    undefined,
    null,
    '',
    'text',
    5,
    [],
    {},
    { error: { code: 'unknown-form', message: 'no such form' } },
    { ...definition, steps: {} },
    { ...definition, steps: [null] },
    { ...definition, steps: [{ id: 5, fields: [] }] },
    { ...definition, steps: [{ id: 'x' }] },
    { ...definition, operator: {} },
    { ...definition, operator: undefined },
    { ...definition, policyUrl: undefined },
    { ...definition, consents: undefined },
  ])('%o is not a definition', (answer) => {
    expect(isServedDefinition(answer)).toBe(false)
  })
})
