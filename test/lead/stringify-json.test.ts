import { assert, jsonValue, property } from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { stringifyJson } from '../../src/lead/stringify-json.ts'

const plainStringify = JSON.stringify

afterEach(() => {
  for (const { prototype } of [Array, Object]) Reflect.deleteProperty(prototype, 'toJSON')
})

/** As Prototype up to 1.6 does, which returns texts. */
function addFormerMethods(): void {
  for (const { prototype } of [Array, Object])
    Object.defineProperty(prototype, 'toJSON', { configurable: true, value: () => '[]' })
}

it('serialises any plain data as before, whatever toJSON a page has', () => {
  assert(
    property(jsonValue(), (value) => {
      const expected = plainStringify(value)
      addFormerMethods()
      try {
        expect(stringifyJson(value)).toBe(expected)
      } finally {
        for (const { prototype } of [Array, Object]) Reflect.deleteProperty(prototype, 'toJSON')
      }
    }),
  )
})

it('serialises moments, and leaves out what is undefined', () => {
  addFormerMethods()
  const moment = new Date('2026-11-28T12:00:00Z')
  expect(stringifyJson({ moment, list: [moment], none: undefined })).toBe(
    '{"moment":"2026-11-28T12:00:00.000Z","list":["2026-11-28T12:00:00.000Z"]}',
  )
})
