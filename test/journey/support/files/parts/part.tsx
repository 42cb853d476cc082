import { type Signal, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'

/**
 * Shows a signal of the script and a counter of its own. It works only with a single copy of Preact, hooks and signals.
 */
export function Counter({ text }: { readonly text: Signal<string> }) {
  const count = useSignal(0)
  const ref = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => {
    ref.current?.setAttribute('data-laid-out', '')
  }, [])
  return (
    <p ref={ref}>
      {text.value}, {count.value}
      <button
        onClick={() => {
          count.value += 1
          text.value = 'Орёл'
        }}
      >
        Считать
      </button>
    </p>
  )
}
