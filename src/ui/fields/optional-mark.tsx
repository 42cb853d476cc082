/** The words behind a label that say that an answer is optional. */
export function OptionalMark({ text }: { readonly text: string }) {
  return (
    <span class="anketa-aside" part="optional">
      {' '}
      {text}
    </span>
  )
}
