import own from '../../themes/base.css?inline'

/** In the page itself, what the page says of elements is taken back. */
const resetCss = '.anketa *,.anketa::before,.anketa::after,.anketa ::before,.anketa ::after{all:revert}'

type StyleRoot = Document | ShadowRoot

const sheets = new Map<string, CSSStyleSheet>()
const adopted = new WeakMap<StyleRoot, Map<string, { users: number; readonly remove: () => void }>>()

/**
 * Puts styles, the form's own unless told otherwise, into a document or a shadow root, without an inline style that a
 * strict policy would stop; `inPage` where the page's own styles reach the form. Returns how to take them away; they stay
 * while another form needs them.
 */
export function adoptStyles(root: StyleRoot, given?: string, inPage = false): () => void {
  const wanted = given ?? (inPage ? resetCss : '') + own
  const css = inPage ? raiseSpecificity(wanted) : wanted
  const held = adopted.get(root) ?? new Map()
  adopted.set(root, held)
  const use = held.get(css) ?? { users: 0, remove: attachStyles(root, css) }
  held.set(css, use)
  use.users += 1
  return () => {
    use.users -= 1
    if (use.users > 0) return
    held.delete(css)
    use.remove()
  }
}

function attachStyles(root: StyleRoot, css: string): () => void {
  if (!('adoptedStyleSheets' in root)) {
    // Browsers before 2022–2023 have no other way.
    const style = document.createElement('style')
    style.textContent = css
    ;(root === document ? document.head : root).append(style)
    return () => style.remove()
  }
  const sheet = sheets.get(css) ?? new CSSStyleSheet()
  if (!sheets.has(css)) sheet.replaceSync(css)
  sheets.set(css, sheet)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet)
  }
}

/** Rules that weigh more than the page's for an element with a class and an attribute. */
function raiseSpecificity(css: string): string {
  return css.replace(/\.anketa[-\w]*/g, '$&$&$&')
}
