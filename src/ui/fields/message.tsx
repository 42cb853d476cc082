import type { ComponentChildren } from 'preact'
import type { FormTexts } from '../../i18n/texts.ts'

/** An error or a warning. A sign and a word tell it from a hint, because not everyone sees its colour. */
export function Message({
  id,
  kind,
  texts,
  children,
}: {
  readonly id: string
  readonly kind: 'error' | 'warning'
  readonly texts: FormTexts
  readonly children: ComponentChildren
}) {
  return (
    <p class={`anketa-remark anketa-${kind} ym-hide-content`} part={kind} id={id}>
      <span class="anketa-unseen">{texts[kind]} </span>
      {children}
    </p>
  )
}
