/** Formats a count for the person who ran a command. */
export function formatCount(number: number): string {
  return number.toLocaleString('en-US')
}

/** Prints a line of a command. */
export function printLine(text: string): void {
  process.stdout.write(`${text}\n`)
}
