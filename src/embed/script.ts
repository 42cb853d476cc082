import { mount } from './mount.ts'
import { scan } from './scan.ts'

const version = __ANKETA_VERSION__

declare global {
  interface Window {
    Anketa?: { readonly mount: typeof mount; readonly scan: typeof scan; readonly version: string }
  }
}

// Of two scripts on a page the first one works. An element with this id is a global of the same name, and no script.
if (typeof window.Anketa?.mount !== 'function') {
  window.Anketa = { mount, scan, version }
  scan()
  // An async script may run before the elements below it are there.
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => scan())
}
