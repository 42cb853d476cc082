import dark from '../../themes/dark.css?inline'
import looks from '../../themes/looks.css?inline'

/** The styles of the themes and looks. Loaded on demand, for forms that are not light and plain. */
export function createLookStyles(colors: Readonly<Record<string, string>> = {}) {
  const whenDark = dark.replace(/(theme=\W?)dark/g, '$1auto')
  return {
    css: `${looks}${dark}@media (prefers-color-scheme:dark){${whenDark}}`,
    paint(form: HTMLElement, host: HTMLElement): void {
      for (const [name, color] of Object.entries(colors)) {
        // The page's own value is inherited, also one that comes later: it is read on the element above.
        host.style.setProperty(`--a-page-${name}`, `var(--anketa-${name})`)
        form.style.setProperty(`--anketa-${name}`, `var(--a-page-${name}, ${color})`)
      }
    },
  }
}
