import { testClicks } from '../../src/lead/test-clicks.ts'

/** Clicks a consent's box, which takes no other clicks of scripts. */
export function tickBox(box: Element): void {
  const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true })
  testClicks.add(click)
  box.dispatchEvent(click)
}
