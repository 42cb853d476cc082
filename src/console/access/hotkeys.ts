import { useLayoutEffect } from 'preact/hooks'
import { useConsole } from '../console-context.ts'

/** Commands by the key's place on the keyboard (`KeyJ`), so that they work with a Russian layout, or its name (`Escape`). */
export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>

/**
 * Binds commands while a component is shown. Nothing happens in a text box, where only Escape is a command, in an open
 * dialog, with a modifier, or where single keys are switched off (WCAG 2.1.4).
 */
export function useHotkeys(hotkeys: Hotkeys, target: { readonly current: HTMLElement | null }): void {
  const { preferences } = useConsole()
  useLayoutEffect(() => {
    const owner = target.current?.ownerDocument
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
        return
      if (owner?.querySelector('dialog[open]')) return
      const name = nameKey(event)
      if (name !== 'Escape' && (isTextBox(event.target) || !preferences.keys.value)) return
      const command = hotkeys[name]
      if (!command) return
      command(event)
    }
    owner?.addEventListener('keydown', listen)
    return () => owner?.removeEventListener('keydown', listen)
  })
}

/** `?` and `/` are where the layout has them, or where an English one has them. */
function nameKey({ key, code, shiftKey }: KeyboardEvent): string {
  if (key === '?' || (code === 'Slash' && shiftKey)) return '?'
  if (key === '/' || code === 'Slash') return '/'
  return code.startsWith('Key') ? code : key
}

function isTextBox(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
