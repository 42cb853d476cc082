import { report } from '../options/report.ts'
import { addDefinition } from '../source/preloaded.ts'

/** A form whose definition came with its script, `form.js`. */
export interface ScriptForm {
  /** The form's address on the relay, without a slash at its end. */
  readonly relay: string
  /** As the relay serves it, unchecked. */
  readonly definition: unknown
}

interface KnownForm extends ScriptForm {
  readonly name: string
  /** Whether the form has a place on the page. */
  placed: boolean
}

/** The forms of the page, by the address of their script. */
const forms = new Map<string, KnownForm>()

/** Makes a form that came with a script known to the page's elements. */
export function addPageForm({ relay, definition }: ScriptForm): void {
  const address = `${relay}/form.js`
  if (forms.has(address)) return
  forms.set(address, { relay, definition, name: formName(address), placed: false })
  addDefinition(relay, definition)
}

/**
 * Gives an element without a form of its own the form of the page's script: the named one (`data-anketa="main"`), or
 * the first in document order. Returns false while its script is still to come.
 */
export function assignForm(container: HTMLElement): boolean {
  if (hasSource(container)) return true
  const tags = formTags()
  const name = container.dataset['anketa']
  const addresses = [...new Set([...tags.map(addressOf), ...forms.keys()])]
  const candidates = name ? addresses.filter((address) => formName(address) === name) : addresses
  const isComplete = document.readyState === 'complete'
  // What has not come by the time that the page is complete does not come.
  const address = isComplete ? candidates.find((one) => forms.has(one)) : candidates[0]
  const form = address === undefined ? undefined : forms.get(address)
  if (!form) {
    if (name && isComplete) report(`there is no script of a form "${name}" on the page for`, container)
    return isComplete || (!name && addresses.length === 0 && document.readyState !== 'loading')
  }
  if (!name && addresses.length > 1)
    report(`there are several forms on the page: name one, such as data-anketa="${form.name}", on`, container)
  place(form, container, tags.find((tag) => addressOf(tag) === address)?.dataset)
  return true
}

/** The tags of forms that no element of the page shows: their forms appear at the tags. */
export function tagsToFill(): readonly {
  readonly tag: HTMLScriptElement
  fill(container: HTMLElement): void
}[] {
  return formTags().flatMap((tag) => {
    const form = forms.get(addressOf(tag))
    const isMarked = 'anketa' in tag.dataset || 'target' in tag.dataset
    // Elements that are still to be parsed go first.
    const isFree = form && (isMarked || (!form.placed && document.readyState !== 'loading'))
    return isFree ? [{ tag, fill: (container: HTMLElement) => place(form, container) }] : []
  })
}

/** Whether a script tag is that of a form: `…/forms/<form>/form.js`. */
export function isFormTag({ src }: HTMLScriptElement): boolean {
  const address = withoutQuery(src)
  return forms.has(address) || /\/forms\/[^/]+\/form\.js$/.test(address)
}

function place(form: KnownForm, container: HTMLElement, options: DOMStringMap = {}): void {
  form.placed = true
  const { anketa: _, target: __, ...given } = options
  for (const [name, value] of Object.entries(given)) container.dataset[name] ??= value
  container.dataset['relay'] = form.relay
}

/** Whether an element says itself where its form comes from. */
function hasSource(container: HTMLElement): boolean {
  const { relay, provider, form, test } = container.dataset
  if (relay || provider) return true
  // Beside the script of a form, a definition of the page only narrows that form.
  return (
    test !== undefined && Boolean(form || container.querySelector(':scope > script[type="application/json"]'))
  )
}

function formTags(): readonly HTMLScriptElement[] {
  return [...document.scripts].filter(isFormTag)
}

function addressOf({ src }: HTMLScriptElement): string {
  return withoutQuery(src)
}

/** The address of a script as a module's identity has it: a relay serves the same file with any query. */
export function withoutQuery(address: string): string {
  return address.replace(/[?#].*/, '')
}

function formName(address: string): string {
  return decodeURIComponent(address.split('/').at(-2) ?? '')
}
