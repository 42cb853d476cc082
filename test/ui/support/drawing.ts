/** Draws an input: `|` is the caret, `[…]` the selection, `_` a no-break space. */
export function draw({ value, selectionStart, selectionEnd }: HTMLInputElement): string {
  const start = selectionStart ?? 0
  const end = selectionEnd ?? 0
  const drawn = `${value.slice(0, start)}[${value.slice(start, end)}]${value.slice(end)}`
  return drawn.replace('[]', '|').replaceAll('\u00a0', '_')
}

/** Parses a drawing into its text and selection. */
export function readDrawing(drawing: string): { text: string; start: number; end: number } {
  const marked = drawing.replaceAll('_', '\u00a0')
  const [before = '', selected = '', after = ''] = marked.replace('|', '[]').split(/[[\]]/)
  return { text: before + selected + after, start: before.length, end: before.length + selected.length }
}
