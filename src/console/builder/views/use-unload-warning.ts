import { effect, type ReadonlySignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'

/** Has the browser ask before the page of an element is closed or loaded again, while there are unsaved changes. */
export function useUnloadWarning(
  element: { readonly current: HTMLElement | null },
  isChanged: ReadonlySignal<boolean>,
): void {
  // A passive effect would end a frame after the view, and the browser could ask about changes that are gone.
  useLayoutEffect(() => {
    const page = element.current?.ownerDocument.defaultView
    return effect(() => {
      if (!isChanged.value) return undefined
      page?.addEventListener('beforeunload', warn)
      return () => page?.removeEventListener('beforeunload', warn)
    })
  }, [element, isChanged])
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault()
  // For browsers from before 2024.
  event.returnValue = true
}
