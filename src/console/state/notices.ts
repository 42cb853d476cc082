import { type ReadonlySignal, signal } from '@preact/signals'

/** How good or bad something is. */
export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'quiet'

/** What the console says about the last action. */
export interface ActionNotice {
  readonly tone: Tone
  readonly text: string
  /** One line for each lead that it concerns. */
  readonly lines?: readonly string[]
}

/** The latest notice; screen readers announce it. */
export interface Notices {
  readonly current: ReadonlySignal<ActionNotice | undefined>
  show(notice: ActionNotice): void
  clear(): void
}

/** Creates the place for notices. */
export function createNotices(): Notices {
  const current = signal<ActionNotice | undefined>(undefined)
  return {
    current,
    show(notice) {
      current.value = notice
    },
    clear() {
      current.value = undefined
    },
  }
}
