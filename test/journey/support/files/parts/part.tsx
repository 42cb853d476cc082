import { type Signal, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** Shows a signal of the script's, and counts in one of its own; works with one copy of Preact, hooks and signals only. */
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
