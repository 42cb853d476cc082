/** The elements in a form that Tab stops at, in their order. Elements with a negative `tabindex` are none of them. */
export function findTabStops(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('input,textarea,select,button,a[href],summary')].filter(
    (element) => element.tabIndex >= 0 && element.getClientRects().length > 0,
  )
}
