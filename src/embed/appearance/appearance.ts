import type { ServedLooks } from '../../form/served/served-definition.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'

/** How a form is shown. */
export interface Appearance {
  readonly theme: string
  readonly look: string
  readonly css?: string
  /** Sets the colours that are not the page's. */
  readonly paint?: (form: HTMLElement, host: HTMLElement) => void
}

/** Loads the styles of a form's theme and look. If they cannot be loaded, the form is light and plain. */
export async function loadAppearance(
  { theme, look }: ParsedOptions,
  served: ServedLooks = {},
): Promise<Appearance> {
  const { theme: servedTheme = 'light', look: servedLook = 'plain' } = served
  const chosen = { theme: theme ?? servedTheme, look: look ?? servedLook }
  // Colours for one theme can be unreadable in another one.
  const colors = chosen.theme === servedTheme ? served.colors : undefined
  if (!colors && chosen.theme + chosen.look === 'lightplain') return chosen
  return import('./looks.chunk.ts').then(
    ({ createLookStyles }) => ({ ...chosen, ...createLookStyles(colors) }),
    (error: unknown) => {
      report('styles could not be loaded', error)
      return chosen
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

/** Sets the theme, the look and the colours of the form that is rendered in `root`. */
export function applyTheme(root: ParentNode, host: HTMLElement, { theme, look, paint }: Appearance): void {
  const form = root.querySelector<HTMLElement>('.anketa')
  if (!form) return
  form.dataset['theme'] = theme
  form.dataset['look'] = look
  paint?.(form, host)
}
