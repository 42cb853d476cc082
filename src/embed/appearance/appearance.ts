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

/** Sets the theme and the look of the form that is rendered in `root`. */
export function applyTheme(root: ParentNode, { theme = 'light', look = 'plain' }: ParsedOptions): void {
  const form = root.querySelector('.anketa')
  form?.setAttribute('data-theme', theme)
  form?.setAttribute('data-look', look)
}
