import dark from '../../themes/dark.css?inline'
import looks from '../../themes/looks.css?inline'

/** The styles of the themes and looks. Loaded on demand, for forms that are not light and plain. */
export function createLookStyles() {
  const whenDark = dark.replace(/(theme=\W?)dark/g, '$1auto')
  return { css: `${looks}${dark}@media (prefers-color-scheme:dark){${whenDark}}` }
}
