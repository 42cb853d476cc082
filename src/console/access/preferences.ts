import { effect, type Signal, signal } from '@preact/signals'
import type { ConsolePorts } from '../ports.ts'

/** The language of the console. */
export type ConsoleLanguage = 'ru' | 'en'

/** `auto`: as the device has it. */
export type ConsoleTheme = 'auto' | 'light' | 'dark'

/** How somebody wants the console. */
export interface Preferences {
  readonly language: Signal<ConsoleLanguage>
  readonly theme: Signal<ConsoleTheme>
  /** Whether single letters are commands. */
  readonly keys: Signal<boolean>
}

/** Reads the preferences of this browser, and keeps every change. */
export function createPreferences({
  preferences: storage,
  languages,
}: Pick<ConsolePorts, 'preferences' | 'languages'>): Preferences {
  const stored = parseStored(storage.read())
  const own = languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'ru' || tag === 'en')
  const language = signal<ConsoleLanguage>(stored.language ?? (own === 'en' ? 'en' : 'ru'))
  const theme = signal<ConsoleTheme>(stored.theme ?? 'auto')
  const keys = signal(stored.keys ?? true)
  let isFirst = true
  effect(() => {
    const text = JSON.stringify({ language: language.value, theme: theme.value, keys: keys.value })
    if (!isFirst) storage.write(text)
    isFirst = false
  })
  return { language, theme, keys }
}

interface Stored {
  readonly language?: ConsoleLanguage
  readonly theme?: ConsoleTheme
  readonly keys?: boolean
}

function parseStored(text: string | undefined): Stored {
  let stored: unknown
  try {
    stored = JSON.parse(text ?? '{}')
  } catch {
    return {}
  }
  const { language, theme, keys }: { readonly [name in keyof Stored]?: unknown } = Object(stored)
  return {
    ...(language === 'ru' || language === 'en' ? { language } : {}),
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...(typeof keys === 'boolean' ? { keys } : {}),
  }
}
