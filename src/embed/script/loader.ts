// The classic script for pages that name a form by `data-relay`, post to a provider or call `Anketa.mount`. It starts the
// requests for `form.js` and for the definitions, and keeps calls until `form.js` comes and takes over the queue.
import type { FormHandle } from '../form/form-handle.ts'
import type { FormState } from '../form/form-state.ts'
import type { OptionChanges } from '../options/options.ts'

/** What a page calls; `form.js` has the same. */
interface Api {
  mount(container: HTMLElement, options: OptionChanges): FormHandle
}

/** Pauses before each try to load `form.js`, in milliseconds. */
const pausesMs = [0, 1000, 4000, 15_000]
const methods = ['setValues', 'next', 'back', 'goTo', 'submit', 'reset', 'update', 'destroy'] as const
/** The state of a form before its code has come. */
const emptyState = { step: undefined, steps: [], status: 'loading', values: {}, issues: [] } as const

const version = __ANKETA_VERSION__
const hashes = __ANKETA_HASHES__
const { currentScript } = document
const existing: { readonly version?: unknown; readonly q?: unknown } = Object(window.Anketa)
const queue: unknown[] = Array.isArray(existing.q) ? existing.q : []
const requests = new Map<string, Promise<Response>>()
let loading: Promise<unknown> | undefined
const file = hashes ? `v/${version}/form.js` : 'form.js'

if (typeof existing.version !== 'string') {
  Reflect.set(window, 'Anketa', { q: queue, requests, preload, mount, scan, version })
  requestDefinitions()
  document.addEventListener('DOMContentLoaded', requestDefinitions)
  startLoading()
} else if (existing.version !== version)
  console.error(`Anketa: version ${version} is not used, ${existing.version} came first`)

function startLoading(): void {
  loading = load()
  loading.catch(() => undefined)
}

/** Loads `form.js` from beside this script, or from a relay where that is not possible. */
async function load(): Promise<void> {
  let cause: unknown
  for (const pause of pausesMs) {
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause))
    for (const base of [
      scriptUrl(),
      ...[...requests.keys()].map((relay) => relay.replace(/\/*([?#].*)?$/, '/../../')),
    ]) {
      try {
        const { href } = new URL(file, base)
        await fetchFile(href)
        await preload(href)
        return await import(/* @vite-ignore */ href)
      } catch (error) {
        cause = error
      }
    }
  }
  console.error(`Anketa: cannot load ${file}`, cause)
  addEventListener('online', startLoading, { once: true })
  throw cause
}

/** The script's own address; optimisers of pages evaluate scripts in ways that do not tell it. */
function scriptUrl(): string | undefined {
  const own = currentScript instanceof HTMLScriptElement && currentScript.src
  return own || [...document.scripts].find(({ src }) => /\/anketa(-\d[^/]*)?\.js([?#]|$)/.test(src))?.src
}

function requestDefinitions(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-anketa][data-relay],anketa-form'))
    requestDefinition(element.dataset['relay'] ?? element.getAttribute('relay'))
}

/** Starts the request for a form's definition, which `form.js` will ask for. */
function requestDefinition(relay: string | null | undefined): void {
  if (!relay) return
  try {
    const { href } = new URL(relay, document.baseURI)
    if (requests.has(href)) return
    const response = fetch(href, { credentials: 'omit' })
    requests.set(href, response)
    response.catch(() => undefined)
  } catch {
    // The form tells what is wrong with its address.
  }
}

/** Keeps the call and returns a handle that keeps calls, too. */
function mount(container: HTMLElement, options: OptionChanges = {}): object {
  let form: FormHandle | undefined
  const later = (call: (form: FormHandle) => unknown): void => {
    queue.push(() => form && call(form))
  }
  requestDefinition(options.relay)
  queue.push((api: Api) => {
    form = api.mount(container, options)
  })
  const ready = new Promise<void>((resolve, reject) => {
    later((shown) => shown.ready.then(resolve, reject))
    loading?.catch(reject)
  })
  ready.catch(() => undefined)
  const subscribe = (listener: (state: FormState) => void) => {
    let stop: (() => void) | undefined
    later((shown) => (stop = shown.state.subscribe(listener)))
    return () => later(() => stop?.())
  }
  const state = new Proxy(
    { ...emptyState, subscribe },
    { get: (empty, name) => Reflect.get(form ? form.state : empty, name) },
  )
  const handle = {
    get ready() {
      return form ? form.ready : ready
    },
    state,
  }
  for (const name of methods)
    Reflect.set(handle, name, (...args: readonly unknown[]) =>
      later((shown) => Reflect.apply(shown[name], shown, args)),
    )
  return handle
}

function scan(...args: readonly unknown[]): void {
  queue.push(['scan', args])
}

/**
 * Fetches a file into the browser's cache. Browsers remember a module that could not be fetched, by its address, so an
 * import has to succeed the first time.
 */
async function fetchFile(url: string): Promise<void> {
  const response = await fetch(url)
  const isScript = response.headers.get('content-type')?.includes('javascript')
  if (!response.ok || !isScript) throw new Error(`${url} answered ${response.status}`)
  await response.text()
}

/** Fetches a file as a module with its hash, where there are hashes: an import cannot name one. */
function preload(href: string): Promise<unknown> | undefined {
  const integrity = hashes?.[href.replace(/.*\/|\?.*/g, '')]
  if (!integrity) return undefined
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    if (!link.relList.supports('modulepreload')) return resolve(undefined)
    Object.assign(link, { rel: 'modulepreload', integrity, href, onload: resolve, onerror: reject })
    document.head.append(link)
  })
}
