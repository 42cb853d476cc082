import { testTick } from '../../src/lead/test-tick.ts'

/** Clicks a consent's box, which takes no other clicks of scripts. */
export function tickBox(box: Element): void {
  const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true })
  box.dispatchEvent(Object.assign(click, { [testTick]: true }))
}
