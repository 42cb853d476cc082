import { contrastRatio, formatContrast, minimumContrast } from './contrast.ts'
import { type LookPalette, lookPalettes } from './palettes.ts'
import type { ServedLooks } from './served-definition.ts'

/** Texts and what they stand on. */
const textPairs = [
  ['on-accent', 'accent'],
  ['text', 'surface'],
  ['text', 'field'],
  ['text', 'soft'],
  ['muted', 'surface'],
  ['link', 'surface'],
  ['link', 'soft'],
  ['error', 'surface'],
] as const

/** The pairs of colours that are hard to read, a sentence for each, in every theme that the looks can be shown in. */
export function findUnreadableColors({
  theme = 'light',
  look = 'plain',
  colors = {},
}: ServedLooks): readonly string[] {
  const isAuto = theme === 'auto'
  const shown = isAuto ? (['light', 'dark'] as const) : ([theme === 'dark' ? 'dark' : 'light'] as const)
  const advice = isAuto
    ? 'with "auto" they must be readable in both themes: choose other colours, or the theme "light" or "dark"'
    : 'choose other colours, or the other theme'
  return shown.flatMap((name) => {
    const palette = applyColors(selectPalette(name, look), colors)
    return textPairs.flatMap(([text, surface]) => {
      const ratio = contrastRatio(palette[text] ?? '', palette[surface] ?? '')
      // One that follows from others is chosen by the styles themselves, readable.
      if (ratio === undefined || ratio >= minimumContrast) return []
      return [
        `looks.colors: "${text}" (${palette[text]}) on "${surface}" (${palette[surface]}) has a contrast of ${formatContrast(ratio)} to 1 in the theme "${name}", texts need ${minimumContrast} to 1; ${advice}`,
      ]
    })
  })
}

function selectPalette(theme: keyof typeof lookPalettes, look: string): LookPalette {
  const looks: Readonly<Record<string, LookPalette>> = lookPalettes[theme]
  const found = Object.hasOwn(looks, look) ? looks[look] : undefined
  return found ?? lookPalettes[theme].plain
}

type ColorName = (typeof textPairs)[number][number]

/** The colours of texts and surfaces with those that are set, as the styles derive one from the other. */
function applyColors(
  palette: LookPalette,
  colors: Readonly<Record<string, string>>,
): Readonly<Partial<Record<ColorName, string>>> {
  const { accent } = colors
  const surface = colors['surface'] ?? palette.surface
  return {
    ...palette,
    // The styles choose what is readable on an own accent, and a shade of it for links.
    'on-accent': accent === undefined ? palette['on-accent'] : '',
    link: palette.link ?? (accent === undefined ? palette.accent : ''),
    field: palette.field ?? surface,
    ...colors,
  }
}
