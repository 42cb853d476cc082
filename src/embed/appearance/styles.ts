import formCss from '../../themes/base.css?inline'

/** Reverts the page's own styles for elements of a form that is rendered in the page itself. */
const resetCss =
  '.anketa *,.anketa::before,.anketa::after,.anketa ::before,.anketa ::after{all:revert;direction:inherit;unicode-bidi:revert}'

type StyleRoot = Document | ShadowRoot

const sheets = new Map<string, CSSStyleSheet>()
const adopted = new WeakMap<StyleRoot, Map<string, { users: number; readonly remove: () => void }>>()

/**
 * Adds styles, by default the form's own, to a document or a shadow root, without an inline style that a strict policy
 * would block. `inPage` means that the page's own styles reach the form. Returns a function that removes the styles;
 * they stay while another form uses them.
 */
export function adoptStyles(root: StyleRoot, styles?: string, inPage = false): () => void {
  const plainCss = styles ?? (inPage ? resetCss : '') + formCss
  const css = inPage ? raiseSpecificity(plainCss) : plainCss
  const sheetsOfRoot = adopted.get(root) ?? new Map()
  adopted.set(root, sheetsOfRoot)
  const adoption = sheetsOfRoot.get(css) ?? { users: 0, remove: attachStyles(root, css) }
  sheetsOfRoot.set(css, adoption)
  adoption.users += 1
  return () => {
    adoption.users -= 1
    if (adoption.users > 0) return
    sheetsOfRoot.delete(css)
    adoption.remove()
  }
}

function attachStyles(root: StyleRoot, css: string): () => void {
  if (!('adoptedStyleSheets' in root)) {
    // Browsers before 2022–2023 have no adopted style sheets.
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

/** Makes rules more specific than the page's rules for a class and an attribute. */
function raiseSpecificity(css: string): string {
  return css.replace(/\.anketa[-\w]*/g, '$&$&$&')
}
