/** Whether an element is complete: while a page loads, scripts may run before the parser has reached its end. */
export function isParsed(element: Element): boolean {
  if (document.readyState !== 'loading') return true
  for (let node: Element | null = element; node; node = node.parentElement) if (node.nextSibling) return true
  return false
}
