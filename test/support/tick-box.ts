import { testTick } from '../../src/lead/lead.ts'

/** Clicks a consent's box, which takes no other clicks of scripts. */
export function tickBox(box: Element): void {
  const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true })
  box.dispatchEvent(Object.assign(click, { [testTick]: true }))
}
