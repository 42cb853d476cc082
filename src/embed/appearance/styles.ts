import formCss from '../../themes/base.css?inline'

/** Reverts the page's own styles for elements of a form that is rendered in the page itself. */
export const resetCss =
  '.anketa *,.anketa::before,.anketa::after,.anketa ::before,.anketa ::after{all:revert;direction:inherit;unicode-bidi:revert}'

type StyleRoot = Document | ShadowRoot

/** Where styles are added, and for which form. */
export interface StyleTarget {
  readonly root: StyleRoot
  /** The element that the form is rendered in. It is invisible while a file of styles loads. */
  readonly host: HTMLElement
  /** Whether the page's own styles reach the form. */
  readonly inPage: boolean
  /** The page's own copy of the file with all styles. */
  readonly file?: string | undefined
}

/** The file that the build writes beside the script, with all styles. */
const builtFile = __ANKETA_STYLES__

const sheets = new Map<string, CSSStyleSheet>()
const adopted = new WeakMap<StyleRoot, Map<string, { users: number; readonly remove: () => void }>>()

/**
 * Adds styles, by default the form's own, to a document or a shadow root, without an inline style that a strict policy
 * would block. Returns a function that removes the styles; they stay while another form uses them.
 */
export function adoptStyles(target: StyleTarget, styles?: string): () => void {
  const { root, inPage } = target
  const plainCss = styles ?? (inPage ? resetCss : '') + formCss
  const css = inPage ? raiseSpecificity(plainCss) : plainCss
  const sheetsOfRoot = adopted.get(root) ?? new Map()
  adopted.set(root, sheetsOfRoot)
  const adoption = sheetsOfRoot.get(css) ?? { users: 0, remove: attachStyles(target, css) }
  sheetsOfRoot.set(css, adoption)
  adoption.users += 1
  return () => {
    adoption.users -= 1
    if (adoption.users > 0) return
    sheetsOfRoot.delete(css)
    adoption.remove()
  }
}

function attachStyles(target: StyleTarget, css: string): () => void {
  const { root } = target
  if (!('adoptedStyleSheets' in root)) return attachElement(target, css)
  const sheet = sheets.get(css) ?? new CSSStyleSheet()
  if (!sheets.has(css)) sheet.replaceSync(css)
  sheets.set(css, sheet)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet)
  }
}

/**
 * Browsers before 2022–2023 have no adopted style sheets. They load the file that holds all styles. Where it cannot be
 * loaded, a `<style>` works unless a policy forbids it.
 */
function attachElement({ root, host, file = builtAddress() }: StyleTarget, css: string): () => void {
  const link = document.createElement('link')
  const style = document.createElement('style')
  const parent = root instanceof Document ? root.head : root
  style.textContent = css
  link.rel = 'stylesheet'
  link.onload = () => host.style.removeProperty('visibility')
  link.onerror = () => {
    parent.append(style)
    host.style.removeProperty('visibility')
  }
  if (file === undefined) parent.append(style)
  else {
    link.href = file
    host.style.visibility = 'hidden'
    parent.append(link)
  }
  return () => {
    link.remove()
    style.remove()
  }
}

function builtAddress(): string | undefined {
  return builtFile && new URL(builtFile, import.meta.url).href
}

/** Makes rules more specific than the page's rules for a class and an attribute. */
export function raiseSpecificity(css: string): string {
  return css.replace(/\.anketa[-\w]*/g, '$&$&$&')
}
