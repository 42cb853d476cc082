import { describe, expect, it } from 'vitest'
import { looks } from '../../src/embed/options/options-table.ts'
import { contrast, paletteOf } from './palette.ts'

/** What is written, and on what. */
const written = [
  ['text', 'surface'],
  ['text', 'field'],
  ['text', 'soft'],
  ['muted', 'surface'],
  ['muted', 'field'],
  ['muted', 'soft'],
  ['link', 'surface'],
  ['link', 'soft'],
  ['error', 'surface'],
  ['error', 'soft'],
  ['warning', 'surface'],
  ['on-accent', 'accent'],
] as const

/** What is to be seen without being read: the edges of inputs, the ring around what has the focus, the bar. */
const seen = [
  ['line', 'surface'],
  ['line', 'field'],
  ['line', 'soft'],
  ['link', 'surface'],
  ['link', 'field'],
  ['error', 'field'],
] as const

describe.each(['light', 'dark'] as const)('the theme %s', (theme) => {
  describe.each(looks)('in the look %s', (look) => {
    const palette = paletteOf(theme, look)

    it.each(written)('writes %s on %s for everybody to read: 4.5 to 1', (one, other) => {
      expect(contrast(palette, one, other)).toBeGreaterThanOrEqual(4.5)
    })

    it.each(seen)('shows %s on %s: 3 to 1', (one, other) => {
      expect(contrast(palette, one, other)).toBeGreaterThanOrEqual(3)
    })
  })
})

it('knows contrasts', () => {
  const palette = new Map([
    ['black', '#000'],
    ['white', '#ffffff'],
    ['grey', '#767676'],
    ['same', 'var(--a-grey)'],
  ])
  expect(contrast(palette, 'black', 'white')).toBe(21)
  expect(contrast(palette, 'white', 'same')).toBeCloseTo(4.54, 2)
})
