import { setupRu } from '../../i18n/ru/setup.ts'
import { localizeProblem } from '../options/report.ts'

/** A form cannot be shown. The message lists what the page's author has to correct, one problem a line. */
export class SetupError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'SetupError'
  }
}

/** Shows the problems of a setup at the end of the form's element. Returns a function that removes them. */
export function showProblems(container: HTMLElement, error: unknown): () => void {
  const problems = error instanceof Error ? error.message.split('\n') : []
  const note = document.createElement('div')
  note.setAttribute('role', 'alert')
  note.lang = 'ru'
  const list = document.createElement('ul')
  for (const problem of problems) {
    const item = document.createElement('li')
    item.textContent = problem
    void localizeProblem(problem).then((text) => (item.textContent = text))
    list.append(item)
  }
  note.append(setupRu.problems, list)
  container.append(note)
  return () => note.remove()
}
