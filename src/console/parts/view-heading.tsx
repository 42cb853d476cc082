import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** The heading of a view, which gets the focus when the view comes. */
export function ViewHeading({
  title,
  takesFocus = true,
  children,
}: {
  readonly title: string
  readonly takesFocus?: boolean
  /** Shown next to the heading. */
  readonly children?: ComponentChildren
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Later, it would take the focus from somebody who has already begun to type.
  useLayoutEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  return (
    <div class="heading">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  )
}
