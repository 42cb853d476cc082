import type { Fetch } from '../delivery/send-http.ts'

/** The part of the page's address after `#`. It never holds a person's data. */
export interface AddressPort {
  read(): string
  /** Goes to another view, with an entry in the browser's history. */
  push(hash: string): void
  /** Changes the address of the current view. */
  replace(hash: string): void
  /** Calls the listener when somebody goes back or forward, or edits the address. */
  onChange(listener: () => void): void
}

/** What the console needs of the browser. */
export interface ConsolePorts {
  readonly fetch: Fetch
  /** Address of the relay, with `/` at its end. */
  readonly relay: string
  readonly address: AddressPort
  /** Keeps the language, the theme and the use of keys: nothing about a person or an account. */
  readonly preferences: { read(): string | undefined; write(text: string): void }
  /** The browser's languages, the preferred one first. */
  readonly languages: readonly string[]
  /** Other tabs of the console in this browser, which share its session. The message says only that it has changed. */
  readonly otherTabs: {
    tell(): void
    /** Calls the listener when another tab has told so, and when the page is shown again. */
    onChange(listener: () => void): void
  }
  /** Saves a file on the operator's disk. */
  save(name: string, content: Blob): void
  /** Has the browser load a file of the relay and save it. */
  download(address: string): void
  readonly now: () => Date
  /** Calls the listener once after this time. Returns what stops it. */
  startTimer(milliseconds: number, listener: () => void): () => void
}
