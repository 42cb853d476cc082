/**
 * Calls back when a field has been left: at once, or after the release if the mouse is pressed elsewhere in the form. An
 * error that appears sooner moves the button away under the pointer, and the button gets no click.
 */
export function afterPress({ currentTarget, relatedTarget }: FocusEvent, callback: () => void): void {
  if (!(currentTarget instanceof Element)) return
  const form = currentTarget.closest('form')
  const isPressed = () => form?.querySelector(':active')
  if (!relatedTarget && !isPressed()) {
    callback()
    return
  }
  // Firefox knows what is pressed only after the field has lost the focus.
  setTimeout(() => {
    if (!isPressed()) callback()
    // The click follows the release in the same task.
    else addEventListener('pointerup', () => setTimeout(callback), { once: true, capture: true })
  })
}
