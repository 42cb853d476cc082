/** Light, dark, or as the person's device is set. */
export const themes = ['light', 'dark', 'auto'] as const

/** Ready looks, each a set of custom properties. */
export const looks = ['plain', 'soft', 'bold'] as const

/** One of {@link themes}. */
export type Theme = (typeof themes)[number]

/** One of {@link looks}. */
export type Look = (typeof looks)[number]

/** Puts a theme and a look on the form in `root`, which has been drawn; to be called again when it is drawn anew. */
export function applyTheme(root: ParentNode, theme: Theme = 'light', look: Look = 'plain'): void {
  const form = root.querySelector('.anketa')
  form?.setAttribute('data-theme', theme)
  form?.setAttribute('data-look', look)
}
