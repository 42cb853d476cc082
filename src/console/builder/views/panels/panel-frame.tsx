import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useBuilder } from '../../builder-context.ts'

/** A part that is opened above the form. Its heading gets the focus. */
export function PanelFrame({
  title,
  children,
  onClose,
}: {
  readonly title: string
  readonly children: ComponentChildren
  readonly onClose: () => void
}) {
  const { texts } = useBuilder()
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus(), [])
  return (
    <section class="panel builder-panel stack" aria-label={title}>
      <div class="heading">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <span class="spread" />
        <button type="button" class="button" onClick={onClose}>
          {texts.value.close}
        </button>
      </div>
      {children}
    </section>
  )
}
