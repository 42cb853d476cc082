/** How long a page that is being left has to let go of its lock, in milliseconds. */
const patienceMs = 300

/**
 * Locks a name for this page, which holds it until it calls the returned function or is closed. `undefined` if another
 * page holds it.
 */
export function lockName(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), patienceMs)
    navigator.locks
      .request(name, { signal: controller.signal }, () => {
        clearTimeout(timer)
        return new Promise<void>((release) => resolve(() => release()))
      })
      .catch(() => resolve(undefined))
  })
}

/** The names that some page holds. */
export async function heldNames(): Promise<ReadonlySet<string | undefined>> {
  const { held = [] } = await navigator.locks.query()
  return new Set(held.map(({ name }) => name))
}
