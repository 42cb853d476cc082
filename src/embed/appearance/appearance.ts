import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'

/** Loads the styles that a form's theme and look need. A form is never lost over them: it is light and plain without. */
export async function loadAppearance({
  theme = 'light',
  look = 'plain',
}: ParsedOptions): Promise<string | undefined> {
  if (theme + look === 'lightplain') return undefined
  return import('./looks.chunk.ts').then(
    (part) => part.createLookStyles().css,
    (error: unknown) => {
      report('styles could not be loaded', error)
      return undefined
    },
  )
}

/** Puts a theme and a look on the form in `root`, which has been drawn; to be called again when it is drawn anew. */
export function applyTheme(root: ParentNode, { theme = 'light', look = 'plain' }: ParsedOptions): void {
  const form = root.querySelector('.anketa')
  form?.setAttribute('data-theme', theme)
  form?.setAttribute('data-look', look)
}
