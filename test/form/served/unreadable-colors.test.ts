import { describe, expect, it } from 'vitest'
import { contrastRatio } from '../../../src/form/served/contrast.ts'
import { lookPalettes } from '../../../src/form/served/palettes.ts'
import type { ServedLooks } from '../../../src/form/served/served-definition.ts'
import { findUnreadableColors } from '../../../src/form/served/unreadable-colors.ts'
import { paletteOf } from '../../themes/palette.ts'

const themes = ['light', 'dark'] as const
const looks = Object.keys(lookPalettes.light)

/** The pairs that are named, with the theme of each. */
function pairsOf(candidate: ServedLooks): readonly string[] {
  return findUnreadableColors(candidate).map((sentence) => {
    const [, text, surface, theme] =
      /^looks\.colors: "([\w-]+)" \(#[\da-f]{6}\) on "([\w-]+)" \(#[\da-f]{6}\) has a contrast of \d+\.\d to 1 in the theme "(\w+)", texts need 4\.5 to 1; /i.exec(
        sentence,
      ) ?? []
    return `${theme}: ${text} on ${surface}`
  })
}

describe.each(themes)('the palettes of the theme %s', (theme) => {
  it.each(looks)('are those of the style sheets: %s', (look) => {
    const sheet = paletteOf(theme, look)
    const palette: Readonly<Record<string, string>> = Object(Reflect.get(lookPalettes[theme], look))
    const names = ['accent', 'on-accent', 'link', 'surface', 'field', 'soft', 'text', 'muted', 'error']
    const long = (color = '') => (/^#...$/.test(color) ? color.replaceAll(/[^#]/g, '$&$&') : color)
    const others: Readonly<Record<string, string>> = { link: 'var(--a-accent)', field: 'var(--a-surface)' }
    expect(names.map((name) => palette[name] ?? others[name])).toEqual(
      names.map((name) => long(sheet.get(name))),
    )
  })
})

describe('colours of a form', () => {
  it.each([...looks, 'unknown', 'constructor'])('are readable if nothing is set: %s', (look) => {
    for (const theme of ['light', 'dark', 'auto'])
      expect(findUnreadableColors({ theme, look, colors: {} })).toEqual([])
  })

  it('may be any accent: the styles choose the text on it, and a shade for links', () => {
    for (const accent of ['#000000', '#ffffff', '#ffdd2d', '#7b1fa2', '#767676'])
      for (const theme of ['light', 'dark', 'auto'])
        expect(findUnreadableColors({ theme, look: 'soft', colors: { accent } })).toEqual([])
  })

  it.each<[string, ServedLooks, readonly string[]]>([
    [
      'a text on the surface of the theme',
      { colors: { text: '#ffffff' } },
      ['light: text on surface', 'light: text on field', 'light: text on soft'],
    ],
    [
      'a text that is the surface',
      { theme: 'dark', colors: { text: '#1a1c30', surface: '#1a1c30', field: '#ffffff', soft: '#ffffff' } },
      // The links of the look on the tinted boxes, too.
      ['dark: text on surface', 'dark: link on soft'],
    ],
    [
      'a text on a button',
      { colors: { accent: '#ffdd2d', 'on-accent': '#ffffff' } },
      ['light: on-accent on accent'],
    ],
    [
      'a text on the button of the look',
      { look: 'bold', colors: { 'on-accent': '#ffffff' } },
      ['light: on-accent on accent'],
    ],
    ['hints', { colors: { muted: '#999999' } }, ['light: muted on surface']],
    ['links', { colors: { link: '#ffdd2d' } }, ['light: link on surface', 'light: link on soft']],
    ['tinted boxes', { colors: { soft: '#17211d' } }, ['light: text on soft', 'light: link on soft']],
    [
      'a dark text where the device decides the theme',
      { theme: 'auto', colors: { text: '#17211d' } },
      ['dark: text on surface', 'dark: text on field', 'dark: text on soft'],
    ],
    [
      'a white text on the button where the device decides the theme',
      { theme: 'auto', colors: { 'on-accent': '#ffffff' } },
      ['dark: on-accent on accent'],
    ],
  ])('are named if they are hard to read: %s', (_, candidate, pairs) => {
    expect(pairsOf(candidate)).toEqual(pairs)
  })

  it('are never a surface or a text of their own where the device decides the theme', () => {
    const greys = Array.from(
      { length: 52 },
      (_, index) => `#${(index * 5).toString(16).padStart(2, '0').repeat(3)}`,
    )
    for (const look of looks)
      for (const grey of greys)
        for (const name of ['surface', 'text'])
          expect(findUnreadableColors({ theme: 'auto', look, colors: { [name]: grey } })).not.toEqual([])
  })

  it('say what to do', () => {
    expect(findUnreadableColors({ theme: 'auto', colors: { muted: '#56635e' } })).toEqual([
      'looks.colors: "muted" (#56635e) on "surface" (#18211d) has a contrast of 2.6 to 1 in the theme "dark", texts need 4.5 to 1; with "auto" they must be readable in both themes: choose other colours, or the theme "light" or "dark"',
    ])
    expect(contrastRatio('#56635e', '#18211d')).toBeCloseTo(2.6, 1)
  })
})
