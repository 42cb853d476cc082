import type { Locator } from 'playwright'

/** The computed styles of an element, its descendants and their pseudo-elements, by element and property. */
export type ComputedStyles = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Reads the computed styles of an element, its descendants and their pseudo-elements. */
export async function readComputedStyles(root: Locator): Promise<ComputedStyles> {
  return root.evaluate((element) => {
    const stylesByElement: Record<string, Record<string, string>> = {}
    const elements = [element, ...element.querySelectorAll<HTMLElement>('*')]
    elements.forEach((current, index) => {
      for (const pseudo of [undefined, '::before', '::after', '::placeholder']) {
        const styles = getComputedStyle(current, pseudo)
        const name = `${index} ${current.tagName.toLowerCase()}.${current.getAttribute('class')}${pseudo ?? ''}`
        stylesByElement[name] = Object.fromEntries(
          [...styles].map((property) => [property, styles.getPropertyValue(property)]),
        )
      }
    })
    return stylesByElement
  })
}

/** The differences, as `element { property: before → after }`. */
export function compareStyles(before: ComputedStyles, after: ComputedStyles): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [old, current] = [before[name] ?? {}, after[name] ?? {}]
    const changed = Object.keys({ ...old, ...current })
      // The custom properties of the page are inherited, and do not count. Neither does where a field was scrolled to.
      .filter((property) => !/^(?:--|scroll-margin)/.test(property) && old[property] !== current[property])
      .map((property) => `${property}: ${old[property]} → ${current[property]}`)
    return changed.length > 0 ? [`${name} { ${changed.slice(0, 6).join('; ')} }`] : []
  })
}
