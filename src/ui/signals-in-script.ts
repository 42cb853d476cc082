import { effect, signal } from '@preact/signals-core'
import { Fragment, type FunctionComponent, options } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

// The landing page script has this in place of `@preact/signals`, of which it needs little. The script's Preact is its
// own, so that every component of it may be watched; an npm user's draws more than this form.

export { effect } from '@preact/signals-core'

/** A signal that lives as long as its component. */
export function useSignal<Value>(value: Value) {
  return useState(() => signal(value))[0]
}

const watched = new WeakMap<FunctionComponent, FunctionComponent>()
const { vnode: before } = options

options.vnode = (node) => {
  const { type } = node
  if (isComponent(type)) {
    const known = watched.get(type) ?? watch(type)
    watched.set(type, known)
    node.type = known
  }
  before?.(node)
}

/** Draws a component anew when a signal that it read has changed. */
function watch(component: FunctionComponent): FunctionComponent {
  return function Watched(props) {
    const [, setDrawing] = useState(0)
    const stop = useRef<(() => void) | undefined>(undefined)
    let drawn: ReturnType<FunctionComponent>
    let first = true
    stop.current?.()
    stop.current = effect(() => {
      if (first) drawn = component(props)
      else setDrawing((count) => count + 1)
      first = false
    })
    useLayoutEffect(() => () => stop.current?.(), [])
    return drawn
  }
}

function isComponent(type: unknown): type is FunctionComponent {
  return typeof type === 'function' && type !== Fragment
}
