import { mount } from '../form/mount.ts'
import { observePage, scan } from './scan.ts'
import { report } from '../options/report.ts'

const api = { mount, scan, version: __ANKETA_VERSION__ } as const

declare global {
  interface Window {
    Anketa?: typeof api
  }
}

/** What may stand at our name: nothing, calls that wait for the script, another script, an element with such an id. */
const existingGlobal: { readonly version?: unknown; readonly q?: unknown } = Object(window.Anketa)

// Of two scripts on a page the first one works.
if (typeof existingGlobal.version !== 'string') {
  window.Anketa = api
  observePage()
  for (const call of Array.isArray(existingGlobal.q) ? existingGlobal.q : []) {
    const [name, args]: readonly [keyof typeof api, Iterable<never>] = call
    try {
      if (name === 'mount' || name === 'scan') Reflect.apply(api[name], undefined, [...args])
    } catch (error) {
      report(`${name} failed`, error)
    }
  }
}
