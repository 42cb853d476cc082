import { elementName } from './element-name.ts'
import { elementTools } from './element-tools.ts'
import { isParsed } from './is-parsed.ts'
import { formIn, mountAny } from './mount.ts'
import { loadElement } from './on-demand.ts'
import { containerOf } from './script-container.ts'
import { tellAuthor } from './tell-author.ts'

const marker = '[data-anketa]'

/**
 * Shows a form in every `[data-anketa]` element and every `<anketa-form>`, and where script tags with that attribute say.
 * Forms that could not be shown are tried again.
 */
export function scan(root: ParentNode = document): void {
  for (const container of containersIn(root)) show(container)
}

/** Shows the forms of the page, now and whenever their elements appear; takes them away when these go. */
export function followPage(): void {
  // An element has its form once: one that failed, or was taken away by a program, is left alone until somebody asks.
  const seen = new WeakSet<Element>()
  const look = (): void => {
    for (const container of containersIn(document)) {
      if (!seen.has(container)) show(container)
      seen.add(container)
    }
  }
  look()
  document.addEventListener('DOMContentLoaded', look)
  new MutationObserver((records) => {
    for (const { removedNodes } of records) {
      for (const node of removedNodes) {
        if (!(node instanceof Element) || node.isConnected) continue
        for (const element of [node, ...node.querySelectorAll(marker)]) {
          // An element that was only moved is connected again by now.
          if (seen.delete(element)) formIn(element)?.destroy()
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
function show(container: HTMLElement): void {
  if (container.localName !== elementName) {
    mountAny(container, {})
    return
  }
  loadElement(container.getAttribute('relay') ?? container.dataset['relay']).then(
    ({ defineFormElement }) => defineFormElement(elementTools),
    (error: unknown) => tellAuthor(`<${elementName}> could not be loaded`, error),
  )
}

function containersIn(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(`${marker},${elementName}`)].flatMap((element) => {
    const container = element instanceof HTMLScriptElement ? containerOf(element) : element
    return container && isParsed(container) ? [container] : []
  })
}
