import { onTestFinished } from 'vitest'

/** What makes the browser compute styles and the layout before the next frame. */
const layoutReads: readonly (readonly [object, readonly string[]])[] = [
  [Element.prototype, ['getBoundingClientRect', 'getClientRects', 'scrollIntoView', 'scrollTo']],
  [
    Element.prototype,
    ['clientHeight', 'clientWidth', 'scrollHeight', 'scrollWidth', 'scrollTop', 'scrollLeft'],
  ],
  [HTMLElement.prototype, ['offsetHeight', 'offsetWidth', 'offsetTop', 'offsetParent', 'innerText', 'focus']],
  [HTMLInputElement.prototype, ['select', 'setSelectionRange']],
  [window, ['getComputedStyle', 'scrollTo', 'innerHeight', 'innerWidth', 'scrollY']],
]

/** Records the names of layout reads until the end of the test. */
export function recordLayoutReads(): readonly string[] {
  const reads: string[] = []
  for (const [owner, names] of layoutReads) {
    for (const name of names) {
      const original = Object.getOwnPropertyDescriptor(owner, name)
      if (!original?.configurable) throw new TypeError(`${name}: expected to be replaceable`)
      const { value, get } = original
      Object.defineProperty(owner, name, {
        configurable: true,
        get(this: unknown) {
          reads.push(name)
          return get ? Reflect.apply(get, this, []) : value
        },
      })
      onTestFinished(() => {
        Object.defineProperty(owner, name, original)
      })
    }
  }
  return reads
}
