import { type Signal, signal } from '@preact/signals'

/** The form's only polite live region: what screen readers announce without moving the focus. */
export interface LiveRegion {
  readonly text: Signal<string>
  /** Announces a text now, and drops what is waiting. */
  announce(text: string): void
  /** Announces a text once the focus has settled, because screen readers drop polite texts when the focus moves. */
  announceSoon(text: string): void
}

/** How long after a person's action its effects are announced. */
const delayMs = 500

/** Creates the live region of a form. */
export function createLiveRegion(): LiveRegion {
  const text = signal('')
  let waiting = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function announce(now: string): void {
    clearTimeout(timer)
    waiting = ''
    text.value = now
  }

  return {
    text,
    announce,
    announceSoon(later) {
      const texts = waiting ? `${waiting}. ${later}` : later
      // The same text is announced again only if the region was empty in between.
      announce('')
      waiting = texts
      timer = setTimeout(announce, delayMs, texts)
    },
  }
}
