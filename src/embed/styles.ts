import own from '../themes/base.css?inline'

/** In the page itself, what the page says of elements is taken back. */
const takenBack = '.anketa *,.anketa::before,.anketa::after,.anketa ::before,.anketa ::after{all:revert}'

const sheets = new Map<string, CSSStyleSheet>()

/**
 * Puts styles, the form's own unless told otherwise, into a document or a shadow root, without an inline style that a
 * strict policy would stop.
 */
export function adoptStyles(root: Document | ShadowRoot, given = own): void {
  const css = root === document ? weighty(given === own ? takenBack + own : given) : given
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

/** Rules that weigh more than the page's for an element with a class and an attribute. */
function weighty(css: string): string {
  return css.replace(/\.anketa[-\w]*/g, '$&$&$&')
}
