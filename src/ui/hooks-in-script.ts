import { effect, signal } from '@preact/signals-core'
import {
  Component,
  type ComponentChild,
  type ComponentClass,
  Fragment,
  type FunctionComponent,
  options,
} from 'preact'

// The landing page script has this in place of `@preact/signals` and `preact/hooks`, of which it needs little. Its
// Preact is its own, so that every component of it may be watched; an npm user's draws more than this form.

export { effect } from '@preact/signals-core'

/** What a component keeps from one drawing to the next. */
interface Kept<Value = unknown> {
  value: Value
  inputs: readonly unknown[] | undefined
  work?: (() => Undo) | undefined
  undo?: Undo
}
type Undo = (() => void) | void

/** What the component that is being drawn keeps, and how many of its hooks have been called. */
let current: Kept[] = []
let calls = 0

/** Keeps what is made for as long as the inputs are the same; tells whether it was made now. */
function keep<Value>(make: () => Value, inputs: readonly unknown[] | undefined) {
  const before = current[calls]
  const isNew = !before?.inputs || inputs?.some((input, index) => input !== before.inputs?.[index])
  const slot = isNew || !isKept<Value>(before) ? { ...before, value: make(), inputs } : before
  current[calls] = slot
  calls += 1
  return { slot, isNew }
}

/** A signal that lives as long as its component. */
export function useSignal<Value>(value: Value) {
  return keep(() => signal(value), []).slot.value
}

/** A box that lives as long as its component. */
export function useRef<Value>(value: Value): { current: Value } {
  return keep(() => ({ current: value }), []).slot.value
}

/** The same function for as long as its inputs are the same. */
export function useCallback<Call>(call: Call, inputs: readonly unknown[]): Call {
  return keep(() => call, inputs).slot.value
}

/** Does some work once the component has been drawn with other inputs, and undoes it before the next time. */
export function useLayoutEffect(work: () => Undo, inputs?: readonly unknown[]): void {
  const { slot, isNew } = keep(() => undefined, inputs)
  if (isNew) slot.work = work
}

/** Makes a component that is drawn anew when a signal that it read has changed. */
function watch(component: FunctionComponent): ComponentClass {
  return class extends Component {
    declare readonly kept: Kept[]
    declare stop: (() => void) | undefined

    constructor() {
      super()
      this.kept = []
    }

    override render(props: object): ComponentChild {
      let drawn: ComponentChild
      let first = true
      this.stop?.()
      this.stop = effect(() => {
        if (!first) return this.setState({})
        first = false
        current = this.kept
        calls = 0
        drawn = component(props)
      })
      return drawn
    }

    override componentDidMount(): void {
      const due = this.kept.filter(({ work }) => work)
      for (const { undo } of due) undo?.()
      for (const slot of due) {
        slot.undo = slot.work?.()
        slot.work = undefined
      }
    }

    override componentDidUpdate(): void {
      this.componentDidMount()
    }

    override componentWillUnmount(): void {
      this.stop?.()
      for (const { undo } of this.kept) undo?.()
    }
  }
}

const watched = new WeakMap<object, ComponentClass>()

options.vnode = (node) => {
  const { type } = node
  if (isComponent(type)) {
    const known = watched.get(type) ?? watch(type)
    // A component that draws itself anew comes by again, as what it was made into.
    watched.set(type, known).set(known, known)
    node.type = known
  }
}

// All components of the script are functions.
function isComponent(type: unknown): type is FunctionComponent {
  return typeof type === 'function' && type !== Fragment
}

// Hooks are called in the same order each time.
function isKept<Value>(slot: unknown): slot is Kept<Value> {
  return slot !== undefined
}
