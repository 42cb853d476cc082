/**
 * A text that changes while the element around it stays. The span is replaced as a whole: a page translator may have
 * replaced its text node, and a script of the page may have split it, so that a change of that node would not be shown.
 */
export function ShownText({ text }: { readonly text: string | false | undefined }) {
  return text ? <span key={text}>{text}</span> : null
}
