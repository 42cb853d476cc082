/** Marks the click of a test (`anketa/testing`) on a consent's box, which takes no other clicks of scripts. */
export const testTick: unique symbol = Symbol.for('anketa.test-tick')
