import { type StartedRequests, takeRequests } from '../source/preloaded.ts'
import { print, report } from '../options/report.ts'
import * as api from './api.ts'
import { createFileLoader, type Preload } from './load-file.ts'
import { addPageForm, type ScriptForm, withoutQuery } from './page-forms.ts'
import { observePage, showNewForms } from './scan.ts'

declare global {
  interface Window {
    Anketa?: Api
  }
  interface ImportMeta {
    /** The definition, which a relay adds at the end of this file for one of its forms. */
    form?: unknown
  }
}

type Api = typeof api

/** A call that was made before this file came: by its name, as the stub keeps it, or as a function. */
type QueuedCall = readonly [keyof Api, Iterable<never>] | ((called: Api) => void)

/** What may be at our name: nothing, the stub, the loader, another instance, an element with such an id. */
interface ExistingGlobal {
  readonly version?: string
  /** Calls that wait. */
  readonly q?: unknown
  /** The loader's requests for definitions. */
  readonly requests?: StartedRequests
  readonly preload?: Preload
}

/** Where an instance takes the form of another one. */
const addFormKey = Symbol.for('anketa.addForm')

// What a relay adds at the end is evaluated by then.
queueMicrotask(start)

function start(): void {
  const address = withoutQuery(import.meta.url)
  // The address is a module's identity, and chunks import this file without a query.
  if (address !== import.meta.url) return void import(/* @vite-ignore */ address)
  const { form } = import.meta
  const pageForm = form ? { relay: address.replace(/\/[^/]*$/, ''), definition: form } : undefined
  const existing: ExistingGlobal = Object(window.Anketa)
  if (typeof existing.version === 'string' && !Array.isArray(existing.q)) yieldTo(existing, pageForm)
  else takeOver(existing, pageForm)
}

/** Of several instances on a page the first one works. It takes the forms of the others. */
function yieldTo(existing: ExistingGlobal, form: ScriptForm | undefined): void {
  const addForm: unknown = Reflect.get(existing, addFormKey)
  if (form && typeof addForm === 'function') {
    addForm(form)
    if (existing.version === api.version) return
  }
  // The files on demand are those of the other instance.
  print(
    `version ${existing.version} is on the page already and shows the forms; this one is not used: version ${api.version} of ${import.meta.url}`,
  )
}

function takeOver({ q, requests, preload }: ExistingGlobal, form: ScriptForm | undefined): void {
  const addForm = (added: ScriptForm): void => {
    addPageForm(added)
    showNewForms()
  }
  window.Anketa = Object.defineProperties(
    { ...api },
    { [addFormKey]: { value: addForm }, load: { value: createFileLoader(preload) } },
  )
  if (requests) takeRequests(requests)
  if (form) addPageForm(form)
  if (Array.isArray(q)) {
    for (const call of q) run(call)
    // Handles that the loader gave out call through the queue.
    q.push = (call: QueuedCall) => {
      run(call)
      return 0
    }
  }
  // What the page has asked for comes first: then the form of a tag has its place.
  observePage()
}

function run(call: QueuedCall): void {
  try {
    if (typeof call === 'function') return call(api)
    const [name, args] = call
    if (name === 'mount') Reflect.apply(api.mount, undefined, [...args])
    else if (name === 'scan') Reflect.apply(api.scan, undefined, [...args])
  } catch (error) {
    report('a call that was made before the script had come failed', error)
  }
}
