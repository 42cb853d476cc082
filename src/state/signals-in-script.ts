// The landing page script has this in place of `@preact/signals-core`: the same signals in a third of the bytes, which
// every phone pays for. Left out is what the form's models do not need: computeds that outlive what they read, effects
// that models own, and the notice of a write that a batch takes back.

/** What reads signals: a computed or an effect. */
interface Reader {
  /** What was read, and at which version. */
  sources: Map<Signal<unknown>, number>
  /** Something that was read may have changed. */
  notify(): void
}

interface Effect extends Reader {
  run(): void
}

let reader: Reader | undefined
let depth = 0
const due = new Set<Effect>()

/** A value that tells its readers when it becomes another one. */
class Signal<Value> {
  declare held: Value
  declare version: number
  declare readonly readers: Set<Reader>

  constructor(held: Value) {
    this.held = held
    this.version = 0
    this.readers = new Set()
  }

  get value(): Value {
    const held = this.peek()
    if (reader) {
      reader.sources.set(this, this.version)
      this.readers.add(reader)
    }
    return held
  }

  set value(next: Value) {
    if (next === this.held) return
    this.hold(next)
    batch(() => {
      for (const one of this.readers) one.notify()
    })
  }

  peek(): Value {
    this.refresh()
    return this.held
  }

  /** Brings what is computed up to date. */
  refresh(): void {}

  hold(value: Value): void {
    this.held = value
    this.version += 1
  }
}

/** A signal whose value follows from others. It is computed when it is asked for and something has changed. */
class Computed<Value> extends Signal<Value | undefined> implements Reader {
  declare sources: Map<Signal<unknown>, number>
  declare isStale: boolean
  declare readonly compute: () => Value

  constructor(compute: () => Value) {
    super(undefined)
    this.sources = new Map()
    this.isStale = true
    this.compute = compute
  }

  notify(): void {
    if (this.isStale) return
    this.isStale = true
    for (const one of this.readers) one.notify()
  }

  override refresh(): void {
    if (!this.isStale) return
    if (this.version === 0 || hasChanged(this)) {
      const value = track(this, this.compute)
      if (this.version === 0 || value !== this.held) this.hold(value)
    }
    this.isStale = false
  }
}

function hasChanged({ sources }: Reader): boolean {
  for (const [source, version] of sources) {
    source.refresh()
    if (source.version !== version) return true
  }
  return false
}

function forget(one: Reader): void {
  for (const source of one.sources.keys()) source.readers.delete(one)
  one.sources = new Map()
}

/** Does something on behalf of a reader, which then follows what was read meanwhile, and nothing else. */
function track<Result>(one: Reader, work: () => Result): Result {
  forget(one)
  return as(one, work)
}

function as<Result>(one: Reader | undefined, work: () => Result): Result {
  const before = reader
  reader = one
  try {
    return work()
  } finally {
    reader = before
  }
}

/** A value to be read and written. */
export function signal<Value>(value: Value): Signal<Value> {
  return new Signal(value)
}

/** A value that follows from others. */
export function computed<Value>(compute: () => Value): Computed<Value> {
  return new Computed(compute)
}

/** Reads signals without following them. */
export function untracked<Result>(work: () => Result): Result {
  return as(undefined, work)
}

/** Writes several signals; effects run once, afterwards. */
export function batch<Result>(work: () => Result): Result {
  depth += 1
  try {
    return work()
  } finally {
    try {
      // Effects that are due because of effects are looked at in the same loop.
      if (depth === 1) for (const one of due) one.run()
    } finally {
      depth -= 1
    }
  }
}

/** Does some work now, and again whenever a signal that it read has changed; what it returns undoes the work. */
export function effect(work: () => (() => void) | void): () => void {
  let undo: (() => void) | void
  let isDone = false
  let isFirst = true
  const one: Effect = {
    sources: new Map(),
    notify: () => due.add(one),
    run() {
      due.delete(one)
      if (isDone || !(isFirst || hasChanged(one))) return
      isFirst = false
      untracked(() => undo?.())
      undo = track(one, work)
      if (isDone) stop()
    },
  }
  function stop(): void {
    isDone = true
    forget(one)
    const last = undo
    undo = undefined
    untracked(() => last?.())
  }
  batch(one.run)
  return stop
}

/** Makes models of which each function writes at once, and follows nothing. */
export function createModel<Given extends unknown[], Made extends object>(make: (...given: Given) => Made) {
  return function model(...given: Given): Made {
    const made = untracked(() => make(...given))
    for (const [name, action] of Object.entries(made)) {
      if (typeof action === 'function')
        Reflect.set(made, name, (...args: unknown[]) =>
          batch(() => untracked((): unknown => Reflect.apply(action, made, args))),
        )
    }
    return made
  }
}
