import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'

/** A dialog over the view. The focus returns to where it was. Without `onClose` it cannot be left. */
export function ModalDialog({
  title,
  children,
  onClose,
}: {
  readonly title: string
  readonly children: ComponentChildren
  readonly onClose?: () => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useLayoutEffect(() => {
    const { current } = dialog
    const root = current?.getRootNode()
    const focused = root instanceof Document ? root.activeElement : null
    current?.showModal()
    return () => {
      current?.close()
      // A dialog that leaves the page does not return the focus by itself.
      if (focused instanceof HTMLElement) focused.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      onKeyDown={(event) => {
        // Some browsers close a dialog at the second Escape, whatever becomes of the first.
        if (event.key === 'Escape' && !onClose) event.preventDefault()
      }}
    >
      <div class="stack">
        <h2 id={titleId}>{title}</h2>
        {children}
      </div>
    </dialog>
  )
}
