import type { MessageProps } from '../form-view.ts'

/** An error or a warning. A sign and a word tell it from a hint, because not everyone sees its colour. */
export function Message({ id, kind, texts, children }: MessageProps) {
  return (
    <p class={`anketa-remark anketa-${kind} ym-hide-content`} part={kind} id={id}>
      <span class="anketa-unseen">{texts[kind]} </span>
      {children}
    </p>
  )
}
