/** Reports a problem to the page's author, on the console. Never pass personal data or a credential. */
export function report(problem: string, ...details: readonly unknown[]): void {
  console.error(`Anketa: ${problem}`, ...details)
}
