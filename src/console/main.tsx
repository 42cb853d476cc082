import { render } from 'preact'
import { ConsoleApp } from './app.tsx'
import type { ConsolePorts } from './ports.ts'
import './styles/all.css'

const preferencesKey = 'anketa-console'

const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('anketa-console') : undefined

const ports: ConsolePorts = {
  fetch: (input, init) => fetch(input, init),
  // The page's address is `…/console`.
  relay: new URL('.', location.href).href,
  address: {
    read: () => location.hash,
    push: (hash) => history.pushState(undefined, '', hash),
    replace: (hash) => history.replaceState(undefined, '', hash),
    onChange(listener) {
      window.addEventListener('popstate', listener)
      window.addEventListener('hashchange', listener)
    },
  },
  preferences: {
    read: () => ignoringRefusal(() => localStorage.getItem(preferencesKey) ?? undefined),
    write: (text) => ignoringRefusal(() => localStorage.setItem(preferencesKey, text)),
  },
  languages: navigator.languages,
  otherTabs: {
    tell: () => tabs?.postMessage('session'),
    onChange(listener) {
      tabs?.addEventListener('message', listener)
      // A page that slept in the background has heard nothing.
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') listener()
      })
    },
  },
  save(name, content) {
    const address = URL.createObjectURL(content)
    follow(address, name)
    // The browser reads it after this call.
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  },
  download: (address) => follow(address, ''),
  now: () => new Date(),
  startTimer(milliseconds, listener) {
    const timer = setTimeout(listener, milliseconds)
    return () => clearTimeout(timer)
  },
}

function follow(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}

/** A browser may forbid storage. */
function ignoringRefusal<Result>(access: () => Result): Result | undefined {
  try {
    return access()
  } catch {
    return undefined
  }
}

const root = document.querySelector('#console')
if (root) render(<ConsoleApp ports={ports} page={document.documentElement} />, root)
