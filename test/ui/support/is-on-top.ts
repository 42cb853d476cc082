/** Whether nothing covers the middle of an element of a form. */
export function isOnTop(root: ShadowRoot, element: HTMLElement): boolean {
  element.scrollIntoView({ block: 'center' })
  const { left, top, width, height } = element.getBoundingClientRect()
  const found = root.elementFromPoint(left + width / 2, top + height / 2)
  return found !== null && (found === element || element.contains(found))
}
