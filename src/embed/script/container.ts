import { report } from '../options/report.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import { isFormTag, withoutQuery } from './page-forms.ts'

/** The elements that script tags have brought, by what the tags say: a snippet that was pasted twice brings one. */
const containersBySnippet = new Map<string, WeakRef<HTMLElement>>()
const reportedScripts = new WeakSet<Element>()

/**
 * Returns the element for the form of a script tag: the one that `data-target` names, once that is there, or a new one
 * behind the tag. The tag's options are copied to the element.
 */
export function findContainer(script: HTMLScriptElement): HTMLElement | undefined {
  const { target, ...options } = script.dataset
  const snippet = stringifyJson([isFormTag(script) && withoutQuery(script.src), script.dataset])
  const existing = containersBySnippet.get(snippet)?.deref()
  if (existing?.isConnected) return existing
  const container = resolveContainer(script, target)
  if (!container) return undefined
  container.dataset['anketa'] ??= ''
  for (const [name, value] of Object.entries(options)) container.dataset[name] ??= value
  containersBySnippet.set(snippet, new WeakRef(container))
  return container
}

function resolveContainer(script: HTMLScriptElement, target: string | undefined): HTMLElement | undefined {
  try {
    if (target) return document.querySelector<HTMLElement>(target) ?? undefined
    if (!script.closest('head')) {
      const container = document.createElement('div')
      script.after(container)
      return container
    }
  } catch {
    // It is no selector.
  }
  if (!reportedScripts.has(script))
    report(
      target
        ? 'expected data-target="#id-of-an-element" on'
        : 'the page has no place for the form: add <div data-anketa></div>, or move the script tag from the head to the body:',
      script,
    )
  reportedScripts.add(script)
  return undefined
}
