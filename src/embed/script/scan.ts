import { isParsed } from '../element/is-parsed.ts'
import { findForm, mountForm } from '../form/mount.ts'
import { elementName } from '../options/element-name.ts'
import { report } from '../options/report.ts'
import { findContainer } from './container.ts'
import { assignForm, isFormTag, tagsToFill } from './page-forms.ts'

const containerSelector = `[data-anketa],${elementName}`

/** Elements in which the page has shown its form, once each: one that failed or was taken away by a program is left alone. */
const mounted = new Set<Element>()
/** Elements that have been found, and whose end, place or form is still to come. */
const waiting = new Set<Element>()
/** What has been added to the page since the last frame. */
const added = new Set<Node>()
/** Whether an element of the page, and not a script tag, has asked for a form. */
let hasElement = false

/**
 * Shows a form in every `[data-anketa]` element and every `<anketa-form>`, and where script tags with that attribute say.
 * Forms that could not be shown are tried again. A shadow root is observed from then on, as the page is.
 */
export function scan(root: ParentNode = document): void {
  for (const element of root.querySelectorAll(containerSelector))
    if (!show(element, true)) waiting.add(element)
  if (root instanceof ShadowRoot) observe(root)
}

/** Shows the forms that the page has not shown yet: their elements or their scripts have come. */
export function showNewForms(): void {
  showFormsIn([document])
  if (hasElement || document.readyState !== 'complete') return
  for (const { shadowRoot } of document.querySelectorAll('*'))
    if (shadowRoot?.querySelector(containerSelector))
      report('call Anketa.scan(shadowRoot) for the form in the shadow root of', shadowRoot.host)
}

/** Shows the forms of the page, now and whenever their elements appear; takes them away when these go. */
export function observePage(): void {
  observe(document)
  listen()
  showNewForms()
}

const observer = new MutationObserver((records) => {
  const isScheduled = added.size > 0
  for (const { target, addedNodes, attributeName } of records) {
    if (attributeName) added.add(target)
    for (const node of addedNodes) added.add(node)
    // `document.open` removes listeners, and a new root element comes.
    if (target === document) listen()
  }
  // An element that was only moved is connected again by now.
  for (const element of mounted) {
    if (element.isConnected) continue
    mounted.delete(element)
    findForm(element)?.destroy()
  }
  if (isScheduled || added.size === 0) return
  // A page in the background has no frames.
  if (document.hidden) setTimeout(showAdded)
  else requestAnimationFrame(showAdded)
})

function observe(root: Node): void {
  observer.observe(root, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['data-anketa'],
  })
}

function listen(): void {
  document.addEventListener('DOMContentLoaded', showNewForms)
  addEventListener('load', showNewForms)
}

function showAdded(): void {
  const nodes = [...added].filter((node) => node instanceof Element)
  added.clear()
  showFormsIn(nodes)
}

function showFormsIn(roots: Iterable<Document | Element>): void {
  for (const root of roots) {
    if (root instanceof Element && root.matches(containerSelector)) waiting.add(root)
    for (const element of root.querySelectorAll(containerSelector)) waiting.add(element)
  }
  for (const element of waiting) if (!element.isConnected || show(element)) waiting.delete(element)
  for (const { tag, fill } of tagsToFill()) {
    const container = findContainer(tag)
    if (!container || mounted.has(container)) continue
    fill(container)
    mountIn(container)
  }
}

/** Shows the form of an element or of a script tag; false while something of it is still to come. */
function show(element: Element, again = false): boolean {
  const isTag = element instanceof HTMLScriptElement
  // The tags of forms have their own rules.
  if (isTag && isFormTag(element)) return true
  if (!isTag) hasElement = true
  const container = isTag ? findContainer(element) : element
  if (!(container instanceof HTMLElement) || !isParsed(container)) return false
  if (mounted.has(container) && !again) return true
  return mountIn(container)
}

function mountIn(container: HTMLElement): boolean {
  if (container.localName === elementName) defineElement(container)
  else if (assignForm(container)) mountForm(container, {})
  else return false
  // What is not on the page yet is found when it comes.
  if (container.isConnected) mounted.add(container)
  return true
}

/** Loads what lets `<anketa-form>` show its own form. Without it the form is shown as in any other element. */
function defineElement(container: HTMLElement): void {
  import('../element/form-element.chunk.ts').then(
    ({ defineFormElement }) => defineFormElement(),
    (error: unknown) => {
      report(`<${elementName}> could not be loaded`, error)
      mountForm(container, {})
    },
  )
}
