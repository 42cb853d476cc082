import { readFile } from 'node:fs/promises'

/** The values of the tokens by their private names. */
export type Palette = ReadonlyMap<string, string>

const sheets = await Promise.all(
  ['tokens', 'looks', 'dark'].map((name) => readFile(`src/themes/${name}.css`, 'utf8')),
)

/** The tokens of a theme and a look as the sheets cascade, without custom properties of the page. */
export function paletteOf(theme: 'light' | 'dark', look: string): Palette {
  const selectors = new Set([
    '.anketa',
    `.anketa[data-look='${look}']`,
    `.anketa[data-theme='${theme}']`,
    `.anketa[data-theme='${theme}'][data-look='${look}']`,
  ])
  const tokens = new Map<string, string>()
  for (const { selector, body } of sheets.flatMap(rulesOf)) {
    if (!selectors.has(selector)) continue
    for (const [, name = '', value = ''] of body.matchAll(
      /--a-([\w-]+):\s*var\(\s*--anketa-\1,\s*([^;]+)\);/g,
    )) {
      // What follows from a page's own accent does not apply without one.
      tokens.set(name, value.trim().replace(/^var\(--a-own-\w+, (.*)\)$/, '$1'))
    }
  }
  return tokens
}

/** The rules of a sheet without nested rules. Comments are ignored. */
export function rulesOf(css: string): readonly { readonly selector: string; readonly body: string }[] {
  return [...css.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(
    ([, selector = '', body = '']) => ({ selector: selector.trim(), body }),
  )
}

/** The contrast ratio of two tokens as WCAG 2.2 defines it: 1 to 21. */
export function contrast(palette: Palette, one: string, other: string): number {
  const [light, dark] = [luminance(colour(palette, one)), luminance(colour(palette, other))].toSorted(
    (a, b) => b - a,
  )
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** The six hexadecimal digits of a token, which may refer to another one. */
function colour(palette: Palette, name: string): string {
  const value = palette.get(name) ?? ''
  const other = /^var\(--a-([\w-]+)\)$/.exec(value)?.[1]
  if (other !== undefined) return colour(palette, other)
  const digits = /^#([\da-f]{3}|[\da-f]{6})$/.exec(value)?.[1]
  if (digits === undefined) throw new TypeError(`--a-${name}: expected a colour, got ${value}`)
  return digits.length === 6 ? digits : digits.replaceAll(/./g, '$&$&')
}

function luminance(digits: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((start) => {
    const part = Number.parseInt(digits.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
