/** A Markdown table whose columns are as wide as the formatter makes them. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[], fill = ' '): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`
  const rule = line(
    head.map(() => ''),
    '-',
  )
  return [line(head), rule, ...rows.map((row) => line(row))].join('\n')
}

/**
 * The text with its generated parts replaced. A part is between `<!-- KIND: NAME -->` and `<!-- end -->`;
 * throws if `parts` has no part of that name.
 */
export function replaceGenerated(text: string, kind: string, parts: ReadonlyMap<string, string>): string {
  return text.replace(
    new RegExp(`(<!-- ${kind}: ([\\w -]+) -->\\n)[^]*?(<!-- end -->)`, 'g'),
    (_, start: string, name: string, end: string) => {
      const part = parts.get(name)
      if (part === undefined) throw new Error(`There is no generated part "${kind}: ${name}"`)
      return `${start}\n${part}\n\n${end}`
    },
  )
}
