import { cleanup } from '@testing-library/preact'
import { afterEach, expect } from 'vitest'
import { deepActiveElement } from './deep-focus.ts'

declare module 'vitest' {
  interface Matchers {
    /** Passes when the element has the focus, be it inside shadow roots (where `toHaveFocus` sees only the host). */
    toHaveDeepFocus(): void
  }
}

expect.extend({
  toHaveDeepFocus(expected: unknown) {
    const active = deepActiveElement()
    const { printExpected, printReceived, matcherHint } = this.utils
    return {
      pass: active === expected,
      message: () =>
        `${matcherHint(`${this.isNot ? '.not' : ''}.toHaveDeepFocus`, 'element', '')}\n\n` +
        `Expected focus${this.isNot ? ' elsewhere than' : ''} on: ${printExpected(expected)}\nFocus is on: ${printReceived(active)}`,
    }
  },
})

afterEach(cleanup)
