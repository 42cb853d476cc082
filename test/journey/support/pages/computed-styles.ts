import type { Locator } from 'playwright'

/** Computed styles and sizes of an element and of everything in it, by element. */
export type ComputedStyles = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Reads the computed styles in an element, pseudo-elements included. */
export async function readComputedStyles(root: Locator): Promise<ComputedStyles> {
  return root.evaluate((element) => {
    const found: Record<string, Record<string, string>> = {}
    const elements = [element, ...element.querySelectorAll<HTMLElement>('*')]
    elements.forEach((each, index) => {
      for (const pseudo of [undefined, '::before', '::after', '::placeholder']) {
        const styles = getComputedStyle(each, pseudo)
        const name = `${index} ${each.tagName.toLowerCase()}.${each.getAttribute('class')}${pseudo ?? ''}`
        found[name] = Object.fromEntries(
          [...styles].map((property) => [property, styles.getPropertyValue(property)]),
        )
      }
    })
    return found
  })
}

/** The differences, as `element { property: one → other }`. */
export function compareStyles(one: ComputedStyles, other: ComputedStyles): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) => {
    const [here, there] = [one[name] ?? {}, other[name] ?? {}]
    const changed = Object.keys({ ...here, ...there })
      // The page's custom properties belong to the page.
      .filter((property) => !property.startsWith('--') && here[property] !== there[property])
      .map((property) => `${property}: ${here[property]} → ${there[property]}`)
    return changed.length > 0 ? [`${name} { ${changed.slice(0, 6).join('; ')} }`] : []
  })
}
