let language = 'ru'

/** Sets the language of the console: that of the form. */
export function setReportLanguage(locale: string): void {
  language = locale
}

/** Reports a problem to the page's author, on the console. Never pass personal data or a credential. */
export function report(problem: string, ...details: readonly unknown[]): void {
  void localizeProblem(problem).then((text) => print(text, ...details))
}

/** Reports a problem in English, where no file can be loaded that has the translation. */
export function print(problem: string, ...details: readonly unknown[]): void {
  console.error(`Anketa: ${problem}`, ...details)
}

/** Translates an English sentence for the page's author, unless the form is English. The translation is loaded on demand. */
export async function localizeProblem(problem: string): Promise<string> {
  try {
    return /^en\b/.test(language) ? problem : (await import('./advice.chunk.ts')).translateProblem(problem)
  } catch {
    return problem
  }
}
