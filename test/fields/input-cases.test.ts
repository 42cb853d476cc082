import { expect, it } from 'vitest'
import { parseText } from '../../src/fields/field-kind.ts'
import { fieldOf } from '../../src/fields/fields.ts'
import { inputCases, matchAccepted, nameOfCase } from './input-cases.ts'

it.each(inputCases.map((entry) => [nameOfCase(entry), entry] as const))('%s', (_, entry) => {
  const result = parseText(fieldOf(entry.field).kind, entry.input)
  const entered = {
    value: result && 'value' in result ? result.value : undefined,
    refused: result !== undefined && 'code' in result,
    shown: entry.input,
  }
  expect(entry.accept).toContainEqual(matchAccepted(entry, entered))
})
