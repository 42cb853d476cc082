import { setupRu } from '../../i18n/ru/setup.ts'
/** Why a form cannot be shown: what its author has to mend, each problem on a line. */
export class SetupError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'SetupError'
  }
}

/** Shows, in test mode, what is wrong below what a form's element holds; returns how to take it away. */
export function showProblems(container: HTMLElement, error: unknown): () => void {
  const problems = error instanceof Error ? error.message.split('\n') : []
  const note = document.createElement('div')
  note.setAttribute('role', 'alert')
  note.lang = 'ru'
  const list = document.createElement('ul')
  list.lang = 'en'
  for (const problem of problems) {
    const item = document.createElement('li')
    item.textContent = problem
    list.append(item)
  }
  note.append(setupRu.problems, list)
  container.append(note)
  return () => note.remove()
}
