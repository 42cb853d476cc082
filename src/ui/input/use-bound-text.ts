import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Mask } from '../../fields/mask/mask.ts'
import { bindText, type TextElement } from './bind-text.ts'
import type { FieldProps } from '../form-view.ts'

/** Binds the element with the returned ref to a field while it is mounted. */
export function useBoundText({ view, field, model, whole }: FieldProps, mask?: Mask) {
  const element = useRef<TextElement | null>(null)
  useLayoutEffect(() => {
    if (!element.current) return
    const { read, unbind } = bindText(element.current, {
      mask,
      current: () => (whole ? view.model.nameLine.text : model.text).value,
      type: (text) => (whole ? view.model.typeName(text) : view.model.type(field.name, text)),
    })
    view.readers.add(read)
    return () => {
      view.readers.delete(read)
      unbind()
    }
  }, [mask, model, view, field.name, whole])
  return {
    /** The element, for components that extend it. */
    element,
    ref: (current: TextElement | null) => {
      element.current = current
    },
  }
}
