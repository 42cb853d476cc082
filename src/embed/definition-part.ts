import type { Fetch } from '../delivery/perform.ts'
import { type FormDefinition, parseDefinition } from '../form/definition.ts'
import type { FormInput } from '../form/form-input.ts'
import { presets } from '../form/presets/presets.ts'
import { suggestion } from '../form/problems.ts'
import { sampleDefinition } from '../form/sample-definition.ts'
import { setupRu } from '../i18n/setup-ru.ts'

/** What a form's definition is made from; each goes before those above it. */
export interface DefinitionSources {
  /** What the relay serves, which it has checked. */
  readonly served: FormDefinition | undefined
  /** A preset's name, an address, JSON, or the definition itself. */
  readonly form: string | FormInput | undefined
  /** What the page's options say. */
  readonly page: Partial<FormDefinition>
  /** Documents may be missing in a test. */
  readonly test: boolean
}

/** A definition, or all that is wrong with it; `remarks` are what a page's author should look at. */
export type DefinitionRead =
  | { readonly definition: FormDefinition; readonly remarks: readonly string[] }
  | { readonly problems: readonly string[] }

/** Puts a form's definition together. Never throws. */
export async function readDefinition(
  { served, form, page, test }: DefinitionSources,
  fetch: Fetch,
): Promise<DefinitionRead> {
  const found = await find(form, fetch)
  if (typeof found === 'string') return { problems: [found] }
  const given = { ...found, ...page }
  // What the relay serves may be newer than this script, and is the relay's to check: the rest is checked without it.
  const absent = served ? sampleDefinition : test ? { ...sampleDefinition, steps: undefined } : {}
  const read = parseDefinition({ ...absent, ...given })
  if ('problems' in read) return { problems: read.problems }
  const own = Object.entries(read.definition).filter(([name]) => name in given)
  return {
    definition: { ...read.definition, ...served, ...Object.fromEntries(own) },
    remarks:
      served && page.consents && signs(page.consents) !== signs(served.consents)
        ? ['consents: expected those of the relay, which refuses an application with others']
        : [],
  }
}

/** The definition that is named, unchecked, or what is wrong with its name. */
async function find(form: DefinitionSources['form'], fetch: Fetch): Promise<object | string> {
  if (typeof form !== 'string') return form ?? {}
  if (Object.hasOwn(presets, form)) return { ...presets[form] }
  if (form.trim().startsWith('{')) {
    try {
      return Object(JSON.parse(form))
    } catch {
      return 'form: expected JSON'
    }
  }
  const names = Object.keys(presets)
  if (!/[./]/.test(form))
    return `form: there is no such preset${suggestion(form, names)} (${names.join(', ')}, an address, or a definition)`
  try {
    const response = await fetch(form, { credentials: 'omit' })
    return response.ok ? Object(await response.json()) : `form: ${form} answered ${response.status}`
  } catch {
    return `form: ${form} brought no JSON`
  }
}

function signs(consents: FormDefinition['consents']): string {
  return consents
    .map(({ id, documentUrl, version }) => [id, documentUrl, version].join(' '))
    .toSorted()
    .join()
}

/** Shows, in test mode, what is wrong below what a form's element holds; returns how to take it away. */
export function showProblems(container: HTMLElement, problems: readonly string[]): () => void {
  const note = document.createElement('div')
  note.setAttribute('role', 'alert')
  note.lang = 'ru'
  const list = document.createElement('ul')
  for (const problem of problems) {
    const item = document.createElement('li')
    item.lang = 'en'
    item.textContent = problem
    list.append(item)
  }
  note.append(setupRu.problems, list)
  container.append(note)
  return () => note.remove()
}
