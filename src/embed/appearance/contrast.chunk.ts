/** The least contrast of texts: WCAG 2.2, 1.4.3. */
const minimum = 4.5

/** The colours of texts and what they stand on, by the names of the properties that a page may set. */
const pairs = [
  ['on-accent', 'accent'],
  ['link', 'surface'],
  ['link', 'soft'],
  ['text', 'surface'],
  ['text', 'soft'],
  ['text', 'field'],
  ['muted', 'surface'],
  ['error', 'surface'],
] as const

type ColorName = (typeof pairs)[number][number]

/**
 * Makes texts readable on a page's own colours where the styles could not: in browsers without relative colours, and on
 * a surface that the theme does not know. Warns on the console about what the page itself has set. Loaded on demand.
 */
export function checkContrast(form: HTMLElement): void {
  const probe = form.ownerDocument.createElement('span')
  form.append(probe)
  const luminanceOf = (color: string): number | undefined => {
    probe.style.color = color
    return parseLuminance(getComputedStyle(probe).color)
  }
  const named = (name: ColorName): number | undefined =>
    luminanceOf(
      name === 'on-accent'
        ? 'var(--anketa-on-accent, var(--a-own-text, var(--a-on-accent)))'
        : `var(--a-${name})`,
    )
  const isReadable = (text: number | undefined, ...surfaces: readonly ColorName[]): boolean =>
    surfaces.every((name) => contrast(text, named(name)) >= minimum)

  const accent = luminanceOf('var(--anketa-accent)')
  const hasAccent = getComputedStyle(form).getPropertyValue('--anketa-accent') !== ''
  if (hasAccent && !isReadable(named('on-accent'), 'accent'))
    form.style.setProperty('--a-own-text', contrast(1, accent) >= minimum ? '#fff' : '#000')
  if (hasAccent && !isReadable(named('link'), 'surface', 'soft'))
    form.style.setProperty(
      '--a-own-link',
      isReadable(accent, 'surface', 'soft') ? 'var(--anketa-accent)' : 'var(--a-text)',
    )

  for (const [text, surface] of pairs) {
    const ratio = contrast(named(text), named(surface))
    if (ratio < minimum)
      console.warn(
        `Anketa: --anketa-${text} on --anketa-${surface} has a contrast of ${ratio.toFixed(2)} to 1, ` +
          `texts need ${minimum} to 1`,
      )
  }
  probe.remove()
}

/** The contrast of two luminances, 1 to 21; infinite if one is not known. */
function contrast(one: number | undefined, other: number | undefined): number {
  if (one === undefined || other === undefined) return Infinity
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** The relative luminance of a computed colour; `undefined` for notations other than sRGB and XYZ. */
function parseLuminance(color: string): number | undefined {
  const [, notation, numbers = ''] = /^(rgba?\(|color\(srgb |color\(xyz-d65 )([^/)]*)/.exec(color) ?? []
  const [first = 0, second = 0, third = 0] = numbers.split(/[ ,]+/).map(Number)
  if (notation === undefined) return undefined
  if (notation.includes('xyz')) return second
  const scale = notation.startsWith('rgb') ? 255 : 1
  const linear = (value: number): number =>
    value / scale <= 0.04045 ? value / scale / 12.92 : ((value / scale + 0.055) / 1.055) ** 2.4
  return 0.2126 * linear(first) + 0.7152 * linear(second) + 0.0722 * linear(third)
}
