/** The least contrast of texts: WCAG 2.2, 1.4.3. */
export const minimumContrast = 4.5

/** The contrast of two colours, 1 to 21; `undefined` if one of them is not known. */
export function contrastRatio(one: string, other: string): number | undefined {
  const first = luminance(one)
  const second = luminance(other)
  if (first === undefined || second === undefined) return undefined
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

/** Writes a contrast as people compare it: rounded down, so that 4.49 is not shown as 4.5. */
export function formatContrast(ratio: number): string {
  return (Math.floor(ratio * 10) / 10).toFixed(1)
}

/** The relative luminance of a colour as browsers compute it: `rgb(…)`, `color(srgb …)`, `color(xyz-d65 …)`, or of `#rrggbb`. */
function luminance(color: string): number | undefined {
  const [, hex] = /^#([\da-f]{6})$/i.exec(color.trim()) ?? []
  if (hex !== undefined) return ofChannels([0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255))
  const [, notation, list = ''] = /^(rgba?\(|color\(srgb |color\(xyz-d65 )([^/)]*)/.exec(color.trim()) ?? []
  if (notation === undefined) return undefined
  const numbers = list
    .split(/[ ,]+/)
    .filter((part) => part !== '')
    .map(Number)
  if (notation === 'color(xyz-d65 ') return numbers[1]
  return ofChannels(notation === 'color(srgb ' ? numbers : numbers.map((number) => number / 255))
}

function ofChannels([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
