import { elementName } from '../options/element-name.ts'
import { formElementDeps } from '../element/element-tools.ts'
import { isParsed } from '../element/is-parsed.ts'
import { findForm, mountForm } from '../form/mount.ts'
import { loadElement } from '../on-demand.ts'
import { findContainer } from './container.ts'
import { report } from '../options/report.ts'

const containerSelector = '[data-anketa]'

/**
 * Shows a form in every `[data-anketa]` element and every `<anketa-form>`, and where script tags with that attribute say.
 * Forms that could not be shown are tried again.
 */
export function scan(root: ParentNode = document): void {
  for (const container of findContainers(root)) mountContainer(container)
}

/** Shows the forms of the page, now and whenever their elements appear; takes them away when these go. */
export function observePage(): void {
  // An element has its form once: one that failed, or was taken away by a program, is left alone until somebody asks.
  const seen = new WeakSet<Element>()
  const look = (): void => {
    for (const container of findContainers(document)) {
      if (!seen.has(container)) mountContainer(container)
      seen.add(container)
    }
  }
  look()
  document.addEventListener('DOMContentLoaded', look)
  new MutationObserver((records) => {
    for (const { removedNodes } of records) {
      for (const node of removedNodes) {
        if (!(node instanceof Element) || node.isConnected) continue
        for (const element of [node, ...node.querySelectorAll(containerSelector)]) {
          // An element that was only moved is connected again by now.
          if (seen.delete(element)) findForm(element)?.destroy()
        }
      }
    }
    look()
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['data-anketa'],
  })
}

/** Shows a form in an element, or loads what lets `<anketa-form>` show its own. */
function mountContainer(container: HTMLElement): void {
  if (container.localName !== elementName) {
    mountForm(container, {})
    return
  }
  loadElement(container.getAttribute('relay') ?? container.dataset['relay']).then(
    ({ defineFormElement }) => defineFormElement(formElementDeps),
    (error: unknown) => report(`<${elementName}> could not be loaded`, error),
  )
}

function findContainers(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(`${containerSelector},${elementName}`)].flatMap((element) => {
    const container = element instanceof HTMLScriptElement ? findContainer(element) : element
    return container && isParsed(container) ? [container] : []
  })
}
