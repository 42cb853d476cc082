import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'

/** Loads the styles of a form's theme and look. If they cannot be loaded, the form is light and plain. */
export async function loadAppearance({
  theme = 'light',
  look = 'plain',
}: ParsedOptions): Promise<string | undefined> {
  if (theme + look === 'lightplain') return undefined
  return import('./looks.chunk.ts').then(
    ({ createLookStyles }) => createLookStyles().css,
    (error: unknown) => {
      report('styles could not be loaded', error)
      return undefined
    },
  )
}

/** The colours of a page that may make texts unreadable. */
const ownColors = ['accent', 'on-accent', 'link', 'surface', 'text', 'muted']

/** Checks the contrast of a form whose page has set colours, when the page has settled. Returns what cancels it. */
export function checkColorsLater(root: ParentNode): () => void {
  const check = setTimeout(() => {
    const form = root.querySelector<HTMLElement>('.anketa')
    const styles = form && getComputedStyle(form)
    if (styles && ownColors.some((name) => styles.getPropertyValue(`--anketa-${name}`)))
      import('./contrast.chunk.ts').then(
        ({ checkContrast }) => checkContrast(form),
        // The styles have chosen readable colours, where the browser knows relative colours.
        () => undefined,
      )
  }, checkDelayMs)
  return () => clearTimeout(check)
}

/** When the colours are checked after the form is shown, in milliseconds: the page comes first. */
const checkDelayMs = 1000

/** Sets the theme and the look of the form that is rendered in `root`. */
export function applyTheme(root: ParentNode, { theme = 'light', look = 'plain' }: ParsedOptions): void {
  const form = root.querySelector('.anketa')
  form?.setAttribute('data-theme', theme)
  form?.setAttribute('data-look', look)
}
