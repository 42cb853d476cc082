/**
 * Clicks of tests (`anketa/testing`) on a consent's box, which takes no other clicks of scripts. A page's own scripts cannot
 * reach this set: only modules of this package can.
 */
export const testClicks = new WeakSet<Event>()
