import base from '../themes/base.css?inline'

const sheets = new Map<string, CSSStyleSheet>()

/**
 * Puts styles, the form's own unless told otherwise, into a document or a shadow root, without an inline style that a
 * strict policy would stop.
 */
export function adoptStyles(root: Document | ShadowRoot, css = base): void {
  if (!('adoptedStyleSheets' in root)) {
    // Browsers before 2022–2023 have no other way.
    const style = document.createElement('style')
    style.textContent = css
    ;(root === document ? document.head : root).append(style)
    return
  }
  const sheet = sheets.get(css) ?? new CSSStyleSheet()
  if (!sheets.has(css)) sheet.replaceSync(css)
  sheets.set(css, sheet)
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
