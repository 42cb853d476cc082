import { report } from '../options/report.ts'

/** The elements that script tags have brought, by what the tags say: a snippet that was pasted twice brings one. */
const containersBySnippet = new Map<string, WeakRef<HTMLElement>>()
const reportedScripts = new WeakSet<Element>()

/**
 * Where a script tag with the marker attribute wants its form: in the element that `data-target` names, once that is
 * there, or in a new one behind the tag. What the tag says goes over to the element.
 */
export function findContainer(script: HTMLScriptElement): HTMLElement | undefined {
  const { target, ...said } = script.dataset
  const snippet = JSON.stringify(script.dataset)
  const existing = containersBySnippet.get(snippet)?.deref()
  if (existing?.isConnected) return existing
  const container = resolveContainer(script, target)
  if (!container) return undefined
  for (const [name, value] of Object.entries(said)) container.dataset[name] ??= value
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
  if (!reportedScripts.has(script)) report('expected data-target="#id-of-an-element" on', script)
  reportedScripts.add(script)
  return undefined
}
