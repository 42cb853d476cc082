import { loadLooks } from './on-demand.ts'
import type { Options } from './options.ts'

/** Light, dark, or as the person's device is set. */
export const themes = ['light', 'dark', 'auto'] as const

/** Ready looks, each a set of custom properties. */
export const looks = ['plain', 'soft', 'bold'] as const

/** Loads the styles that a form's theme and look need. A form is never lost over them: it is light and plain without. */
export async function loadAppearance({ relay, theme = 'light', look = 'plain' }: Options): Promise<string> {
  if (theme === 'light' && look === 'plain') return ''
  try {
    return (await loadLooks(relay)).createLooksPart().css
  } catch (error) {
    console.error('Anketa: styles could not be loaded:', error)
    return ''
  }
}

/** Puts a theme and a look on the form in `root`, which has been drawn; to be called again when it is drawn anew. */
export function applyTheme(root: ParentNode, { theme = 'light', look = 'plain' }: Partial<Options>): void {
  const form = root.querySelector('.anketa')
  form?.setAttribute('data-theme', theme)
  form?.setAttribute('data-look', look)
}
