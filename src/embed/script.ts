import { mount } from './mount.ts'
import { followPage, scan } from './scan.ts'
import { tellAuthor } from './tell-author.ts'

const api = { mount, scan, version: __ANKETA_VERSION__ } as const

declare global {
  interface Window {
    Anketa?: typeof api
  }
}

/** What may stand at our name: nothing, calls that wait for the script, another script, an element with such an id. */
const before: { readonly version?: unknown; readonly q?: unknown } = Object(window.Anketa)

// Of two scripts on a page the first one works.
if (typeof before.version !== 'string') {
  window.Anketa = api
  followPage()
  for (const call of Array.isArray(before.q) ? before.q : []) {
    const [name, args]: readonly [keyof typeof api, Iterable<never>] = call
    try {
      if (name === 'mount' || name === 'scan') Reflect.apply(api[name], undefined, [...args])
    } catch (error) {
      tellAuthor(`${name} failed`, error)
    }
  }
}
