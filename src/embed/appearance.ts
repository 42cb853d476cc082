import { loadLooks } from './on-demand.ts'
import type { AnyOptions } from './options/options.ts'
import { tellAuthor } from './tell-author.ts'

/** Loads the styles that a form's theme and look need. A form is never lost over them: it is light and plain without. */
export async function loadAppearance({
  relay,
  theme = 'light',
  look = 'plain',
}: AnyOptions): Promise<string | undefined> {
  if (theme + look === 'lightplain') return undefined
  return loadLooks(relay).then(
    (part) => part.createLooksPart().css,
    (error: unknown) => {
      tellAuthor('styles could not be loaded', error)
      return undefined
    },
  )
}

/** Puts a theme and a look on the form in `root`, which has been drawn; to be called again when it is drawn anew. */
export function applyTheme(root: ParentNode, { theme = 'light', look = 'plain' }: AnyOptions): void {
  const form = root.querySelector('.anketa')
  form?.setAttribute('data-theme', theme)
  form?.setAttribute('data-look', look)
}
