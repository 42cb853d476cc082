/** Resolves after some milliseconds, or as soon as the browser is online again. */
export function timeOrOnline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms)
    addEventListener('online', end)
    function end(): void {
      clearTimeout(timer)
      removeEventListener('online', end)
      resolve()
    }
  })
}
