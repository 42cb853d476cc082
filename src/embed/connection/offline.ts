import { signal } from '@preact/signals-core'

const offline = signal(false)

// What the browser tells is a hint: it knows of its own network, not of the way to the relay. That this file has come says
// more than the browser's first state.
addEventListener('offline', () => (offline.value = true))
addEventListener('online', () => (offline.value = false))

/** Whether the browser has told that it lost its network, and no request has had an answer since. */
export function isOffline(): boolean {
  return offline.value
}

/** An answer has come, whatever the browser has told. */
export function noteAnswer(): void {
  offline.value = false
}
