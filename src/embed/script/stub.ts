/**
 * Keeps the calls that a page makes before the script arrives, which then carries them out. One line for a page, or
 * `anketa-stub.js` where a policy forbids inline scripts. An element with this id is a global of the same name.
 */
export const stub =
  'window.Anketa = (window.Anketa || {}).mount ? window.Anketa : { q: [], mount() { this.q.push(["mount", arguments]) }, scan() { this.q.push(["scan", arguments]) } }'
