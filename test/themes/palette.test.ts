import { describe, expect, it } from 'vitest'
import { looks } from '../../src/embed/options/options-table.ts'
import { contrast, paletteOf } from './palette.ts'

/** Text colours and their backgrounds. */
const textPairs = [
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

/** Colours of parts without text: borders of inputs, the focus ring, the progress bar. */
const graphicPairs = [
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

    it.each(textPairs)('has a contrast of 4.5 to 1 for text in %s on %s', (one, other) => {
      expect(contrast(palette, one, other)).toBeGreaterThanOrEqual(4.5)
    })

    it.each(graphicPairs)('has a contrast of 3 to 1 for %s on %s', (one, other) => {
      expect(contrast(palette, one, other)).toBeGreaterThanOrEqual(3)
    })
  })
})

it('contrast is computed as WCAG defines it', () => {
  const palette = new Map([
    ['black', '#000'],
    ['white', '#ffffff'],
    ['grey', '#767676'],
    ['same', 'var(--a-grey)'],
  ])
  expect(contrast(palette, 'black', 'white')).toBe(21)
  expect(contrast(palette, 'white', 'same')).toBeCloseTo(4.54, 2)
})
