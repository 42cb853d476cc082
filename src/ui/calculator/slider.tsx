import { effect } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { fieldOf } from '../../fields/fields.ts'
import { type SliderRange, snapValue } from '../../fields/slider.ts'
import { groupDigits } from '../../fields/text/group-digits.ts'
import type { CalculatorTexts } from '../../i18n/texts.ts'
import type { CalculatorViews } from '../form-view.ts'

/** How many steps of the slider the keys go. */
const stepsOfKeys: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
}

type SliderProps = CalculatorViews['Slider'] extends FunctionComponent<infer Props> ? Props : never

/**
 * Creates the slider of a field and its presets. The slider is a range input, which assistive technology and touch know.
 * Its own values are whole roubles or days, so that it can show what was typed; a press and a key go by larger steps.
 */
export function createSlider(texts: CalculatorTexts): CalculatorViews['Slider'] {
  return function Slider({ view, field, model, range, label }: SliderProps) {
    const element = useRef<HTMLInputElement>(null)
    const { name } = field
    const { minimum, maximum, presets } = range
    const isTerm = name === 'termDays'
    const describe = isTerm ? texts.days : texts.roubles
    const show = (value: number): void => view.model.type(name, fieldOf(name).kind.format(value))
    const leave = (): void => view.model.leave(name)

    useLayoutEffect(
      () =>
        effect(() => {
          const { value } = model.value
          const input = element.current
          if (!input || typeof value !== 'number') return
          const shown = Math.min(maximum, Math.max(minimum, value))
          input.value = String(shown)
          input.setAttribute('aria-valuetext', describe(shown))
          input.style.setProperty('--a-part', String((shown - minimum) / (maximum - minimum)))
        }),
      [model, minimum, maximum, describe],
    )

    return (
      <>
        <input
          ref={element}
          type="range"
          class="anketa-slider ym-disable-keys"
          part="slider"
          data-hj-suppress=""
          aria-label={label}
          min={minimum}
          max={maximum}
          onKeyDown={(event) => {
            const steps = stepsOfKeys[event.key]
            if (steps === undefined || event.altKey || event.ctrlKey || event.metaKey) return
            event.preventDefault()
            show(moveValue(range, Number(event.currentTarget.value), steps))
          }}
          onKeyUp={leave}
          onInput={(event) => {
            const input = event.currentTarget
            const before = Number(model.value.peek())
            const entered = Number(input.value)
            // Assistive technology may move by less than a step.
            const snapped = snapValue(range, entered)
            const next =
              snapped === before && !input.matches(':active')
                ? moveValue(range, before, Math.sign(entered - before))
                : snapped
            show(next)
            // The model may hold this value already.
            input.value = String(next)
          }}
          onChange={leave}
        />
        {presets.length > 0 && (
          <div class="anketa-presets" part="presets" role="group" aria-label={label}>
            {presets.map((preset) => (
              <button
                key={preset}
                type="button"
                class="anketa-preset"
                part="preset"
                aria-pressed={model.value.value === preset}
                onClick={() => {
                  show(preset)
                  leave()
                }}
              >
                {isTerm ? describe(preset) : `${groupDigits(preset)}\u00a0₽`}
              </button>
            ))}
          </div>
        )}
      </>
    )
  }
}

/** The value some steps from another, which may be between two values of the slider. */
export function moveValue(range: SliderRange, from: number, steps: number): number {
  const { minimum, maximum, step } = range
  if (!Number.isFinite(steps)) return steps < 0 ? minimum : maximum
  const at = from / step
  return snapValue(range, (steps < 0 ? Math.ceil(at) : Math.floor(at)) * step + steps * step)
}
