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
  for (const container of containersIn(root)) mountAny(container, {})
  for (const element of root.querySelectorAll(elementName)) defineFor(element)
}

/** Shows the forms of the page, now and whenever their elements appear; takes them away when these go. */
export function followPage(): void {
  // An element has its form once: one that failed, or was taken away by a program, is left alone until somebody asks.
  const seen = new WeakSet<Element>()
  const look = (): void => {
    for (const container of containersIn(document)) {
      if (!seen.has(container)) mountAny(container, {})
      seen.add(container)
    }
    for (const element of document.querySelectorAll(elementName)) {
      if (!seen.has(element)) defineFor(element)
      seen.add(element)
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

/** Loads what makes `<anketa-form>` show its form, for one that may be the first. */
function defineFor(element: Element): void {
  const relay = element.getAttribute('relay') ?? element.getAttribute('data-relay') ?? undefined
  loadElement(relay).then(
    ({ defineFormElement }) => defineFormElement(elementTools),
    (error: unknown) => tellAuthor(`<${elementName}> could not be loaded`, error),
  )
}

function containersIn(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(marker)].flatMap((element) => {
    const container = element instanceof HTMLScriptElement ? containerOf(element) : element
    return container && isParsed(container) ? [container] : []
  })
}
