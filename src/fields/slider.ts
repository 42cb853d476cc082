/** What decides the values of a slider, of a field in a definition. */
export interface SliderSettings {
  readonly name: string
  readonly control?: string | undefined
  readonly presets?: readonly number[] | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
}

/** A range of values. */
export interface SliderRange {
  readonly minimum: number
  readonly maximum: number
  /** The values of the slider are its ends, and the multiples of this in between. */
  readonly step: number
  /** The presets inside the limits: a page may have narrowed these. */
  readonly presets: readonly number[]
}

/** The range of a field's slider; `undefined` if it has none. */
export function sliderRange({
  name,
  control,
  presets = [],
  maximum = 0,
  minimum = maximum,
}: SliderSettings): SliderRange | undefined {
  if (!control || minimum >= maximum) return undefined
  let step = 1
  // Money moves by 1, 5, 10, 50 and so on roubles, a term by days.
  while (name !== 'termDays' && (maximum - minimum) / step > 200) step *= String(step)[0] === '1' ? 5 : 2
  return {
    minimum,
    maximum,
    step,
    presets: presets.filter((preset) => preset >= minimum && preset <= maximum),
  }
}

/** The value that a field with a slider starts with: the middle preset, or the middle of its range. */
export function initialValue(settings: SliderSettings): number | undefined {
  const range = sliderRange(settings)
  return (
    range &&
    (range.presets[(range.presets.length - 1) >> 1] ??
      snapValue(range, range.minimum / 2 + range.maximum / 2))
  )
}

/** The value of a slider that is nearest to a number. */
export function snapValue({ minimum, maximum, step }: SliderRange, value: number): number {
  return Math.min(maximum, Math.max(minimum, Math.round(value / step) * step))
}
