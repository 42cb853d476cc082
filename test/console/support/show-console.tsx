import { render } from '@testing-library/preact'
import { type Locator, page } from 'vitest/browser'
import { beforeEach, expect } from 'vitest'
import { ConsoleApp } from '../../../src/console/app.tsx'
import type { ConsolePorts } from '../../../src/console/ports.ts'
import type { FormDetails } from '../../../src/relay/http/admin/forms/form-answers.ts'
import '../../../src/console/styles/all.css'
import { createFakeConsoleRelay } from './fake-console-relay.ts'
import type { InventedLeadDetails } from './invented-rows.ts'

// The window of a computer.
beforeEach(() => page.viewport(1280, 800))

/** How a test wants the console. */
export interface ShowConsoleOptions {
  /** The user whose session there is; without one there is none. */
  readonly signedIn?: string | undefined
  /** The part of the address after `#`. */
  readonly hash?: string
  readonly leads?: readonly InventedLeadDetails[]
  readonly preferences?: string
  readonly emptyPages?: number
  readonly form?: FormDetails
}

/** Shows the console over a fake relay. */
export function showConsole({
  signedIn = 'boris',
  hash = '',
  leads,
  preferences,
  emptyPages,
  form,
}: ShowConsoleOptions = {}) {
  const relay = createFakeConsoleRelay({
    ...(signedIn === '' ? {} : { signedIn }),
    ...(leads ? { leads } : {}),
    ...(emptyPages === undefined ? {} : { emptyPages }),
    form,
  })
  let time = Date.parse('2026-11-28T12:00:00+03:00')
  const timers = new Set<() => void>()
  const entries = [hash]
  const tabListeners: (() => void)[] = []
  let told = 0
  const listeners: (() => void)[] = []
  const saved: { readonly name: string; readonly content: Blob }[] = []
  const downloads: string[] = []
  const stored: string[] = []
  const ports: ConsolePorts = {
    fetch: relay.fetch,
    relay: 'https://leads.example.ru/relay/',
    address: {
      read: () => entries.at(-1) ?? '',
      push: (next) => void entries.push(next),
      replace: (next) => void entries.splice(-1, 1, next),
      onChange: (listener) => void listeners.push(listener),
    },
    preferences: { read: () => preferences, write: (text) => void stored.push(text) },
    languages: ['ru-RU'],
    otherTabs: { tell: () => void (told += 1), onChange: (listener) => void tabListeners.push(listener) },
    save: (name, content) => void saved.push({ name, content }),
    download: (address) => void downloads.push(address),
    now: () => new Date(time),
    startTimer(_, listener) {
      timers.add(listener)
      return () => timers.delete(listener)
    },
  }
  const { unmount } = render(<ConsoleApp ports={ports} page={document.documentElement} />)
  return {
    relay,
    unmount,
    /** Every address that the page has had, the current one last. */
    addresses: entries,
    saved,
    downloads,
    /** What is kept in the browser. */
    stored,
    heading: (name: string | RegExp) => page.getByRole('heading', { level: 1, name }),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    link: (name: string) => page.getByRole('link', { name, exact: true }),
    field: (name: string) => page.getByLabelText(name, { exact: true }),
    /** The rows of the list of leads. */
    rows: () => page.getByRole('row').elements().slice(1),
    text: (text: string | RegExp) => page.getByText(text),
    /** How often this tab has told others that the session has changed. */
    told: () => told,
    /** What a browser does when another tab has told so. */
    hearOtherTab() {
      for (const listener of tabListeners) listener()
    },
    /** Moves the clock, as a computer does that wakes up. */
    passMinutes(minutes: number) {
      time += minutes * 60_000
      const due = [...timers]
      timers.clear()
      for (const listener of due) listener()
    },
    /** What a browser does when somebody goes back. */
    goBack() {
      entries.pop()
      for (const listener of listeners) listener()
    },
  }
}

/** What {@link showConsole} shows. */
export type ShownConsole = ReturnType<typeof showConsole>

/** Waits until an element has a text in it. */
export async function expectText(locator: Locator, text: string): Promise<void> {
  await expect.poll(() => locator.element().textContent).toContain(text)
}
