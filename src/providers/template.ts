const place = /\{([\w.]+)\}/g

/** The names that stand in braces in a template: `{lastName} {firstName}`. */
export function namesIn(template: string): readonly string[] {
  return Array.from(template.matchAll(place), ([, name = '']) => name)
}

/** Fills a template in, on one line; nothing comes of one that has names of which none has a text. */
export function fillTemplate(template: string, textOf: (name: string) => string): string | undefined {
  const names = namesIn(template)
  if (names.length > 0 && names.every((name) => textOf(name) === '')) return undefined
  return template
    .replace(place, (_, name: string) => textOf(name))
    .replace(/\s+/g, ' ')
    .trim()
}
