import { tellAuthor } from './tell-author.ts'

/** The elements that script tags have brought, by what the tags say: a snippet that was pasted twice brings one. */
const brought = new Map<string, WeakRef<HTMLElement>>()

/**
 * Where a script tag with the marker attribute wants its form: in the element that `data-target` names, once that is
 * there, or in a new one behind the tag. What the tag says goes over to the element.
 */
export function containerOf(script: HTMLScriptElement): HTMLElement | undefined {
  const { target } = script.dataset
  const said = Object.entries(script.dataset)
  const snippet = JSON.stringify(said)
  const existing = brought.get(snippet)?.deref()
  if (existing?.isConnected) return existing
  const container = target === undefined ? createBehind(script) : find(target)
  if (!container) return undefined
  for (const [name, value] of said) if (name !== 'target') container.dataset[name] ??= value
  brought.set(snippet, new WeakRef(container))
  return container
}

function createBehind(script: HTMLScriptElement): HTMLElement | undefined {
  if (script.closest('head')) {
    tellAuthor('a script tag in the head needs data-target="#id-of-an-element"', script)
    return undefined
  }
  const container = document.createElement('div')
  script.after(container)
  return container
}

function find(target: string): HTMLElement | undefined {
  try {
    return document.querySelector<HTMLElement>(target) ?? undefined
  } catch {
    tellAuthor('data-target: expected a selector, #id-of-an-element')
    return undefined
  }
}
