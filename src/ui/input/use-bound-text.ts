import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Mask } from '../../fields/mask/mask.ts'
import { bindText, type TextElement } from './bind-text.ts'
import type { FieldProps } from '../fields/field-frame.tsx'

/** Binds the element with the returned ref to a field while it is mounted. */
export function useBoundText({ view, request, field }: FieldProps, mask?: Mask) {
  const element = useRef<TextElement | null>(null)
  useLayoutEffect(() => {
    if (!element.current) return
    const { read, unbind } = bindText(element.current, {
      mask,
      current: () => field.text.value,
      type: (text) => view.model.type(request.name, text),
    })
    view.readers.add(read)
    return () => {
      view.readers.delete(read)
      unbind()
    }
  }, [mask, field, view, request.name])
  return {
    /** The element, for further listeners and attributes. */
    element,
    ref: (current: TextElement | null) => {
      element.current = current
    },
  }
}
