import { isParsed } from '../element/is-parsed.ts'
import { findForm, mountForm } from '../form/mount.ts'
import { elementName } from '../options/element-name.ts'
import { report } from '../options/report.ts'
import { findContainer } from './container.ts'
import { assignForm, isFormTag, tagsToFill } from './page-forms.ts'

const containerSelector = '[data-anketa]'

/** Elements in which the page has shown its form, once each: one that failed or was taken away by a program is left alone. */
const mounted = new WeakSet<Element>()
/** Elements that a page has asked for, and whose form is still to come. */
const waiting = new Set<HTMLElement>()

/**
 * Shows a form in every `[data-anketa]` element and every `<anketa-form>`, and where script tags with that attribute say.
 * Forms that could not be shown are tried again.
 */
export function scan(root: ParentNode = document): void {
  for (const container of findContainers(root)) if (!show(container)) waiting.add(container)
}

/** Shows the forms that the page has not shown yet: their elements or their scripts have come. */
export function showNewForms(): void {
  for (const container of [...findContainers(document), ...waiting])
    if (!mounted.has(container) && show(container)) waiting.delete(container)
  for (const { tag, fill } of tagsToFill()) {
    const container = findContainer(tag)
    if (!container || mounted.has(container)) continue
    fill(container)
    show(container)
  }
}

/** Shows the forms of the page, now and whenever their elements appear; takes them away when these go. */
export function observePage(): void {
  showNewForms()
  document.addEventListener('DOMContentLoaded', showNewForms)
  addEventListener('load', () => showNewForms())
  new MutationObserver((records) => {
    for (const { removedNodes } of records) {
      for (const node of removedNodes) {
        if (!(node instanceof Element) || node.isConnected) continue
        for (const element of [node, ...node.querySelectorAll(containerSelector)]) {
          // An element that was only moved is connected again by now.
          if (mounted.delete(element)) findForm(element)?.destroy()
        }
      }
    }
    showNewForms()
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['data-anketa'],
  })
}

/** Shows a form in an element; false while the script with its form is still to come. */
function show(container: HTMLElement): boolean {
  if (container.localName === elementName) defineElement()
  else if (assignForm(container)) mountForm(container, {})
  else return false
  mounted.add(container)
  return true
}

/** Loads what lets `<anketa-form>` show its own form. */
function defineElement(): void {
  import('../element/form-element.chunk.ts').then(
    ({ defineFormElement }) => defineFormElement(),
    (error: unknown) => report(`<${elementName}> could not be loaded`, error),
  )
}

function findContainers(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(`${containerSelector},${elementName}`)].flatMap((element) => {
    // The tags of forms have their own rules.
    if (element instanceof HTMLScriptElement && isFormTag(element)) return []
    const container = element instanceof HTMLScriptElement ? findContainer(element) : element
    return container && isParsed(container) ? [container] : []
  })
}
