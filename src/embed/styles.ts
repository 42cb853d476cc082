import css from '../themes/base.css?inline'

let sheet: CSSStyleSheet | undefined

/** Puts the form's styles into a document or a shadow root, without an inline style that a strict policy would stop. */
export function adoptStyles(root: Document | ShadowRoot): void {
  if (!('adoptedStyleSheets' in root)) {
    // Browsers before 2022–2023 have no other way.
    const style = document.createElement('style')
    style.textContent = css
    ;(root === document ? document.head : root).append(style)
    return
  }
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
