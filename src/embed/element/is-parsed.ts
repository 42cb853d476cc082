/** Whether all of an element is there: while a page arrives, its scripts may run in the middle of one. */
export function isParsed(element: Element): boolean {
  if (document.readyState !== 'loading') return true
  for (let node: Element | null = element; node; node = node.parentElement) if (node.nextSibling) return true
  return false
}
