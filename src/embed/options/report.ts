/** Tells a page's author, on the console, of something to mend; holds nothing personal and no credential. */
export function report(problem: string, ...about: readonly unknown[]): void {
  console.error(`Anketa: ${problem}`, ...about)
}
