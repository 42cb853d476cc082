/**
 * Resolves after some milliseconds, or as soon as the connection may be back: the browser is online, the person is at the
 * page again. These are hints: only a request tells. An abort resolves it, too.
 */
export function waitForConnection(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms)
    const onVisible = (): void => {
      if (!document.hidden) end()
    }
    addEventListener('online', end)
    document.addEventListener('visibilitychange', onVisible)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
    function end(): void {
      clearTimeout(timer)
      removeEventListener('online', end)
      document.removeEventListener('visibilitychange', onVisible)
      signal?.removeEventListener('abort', end)
      resolve()
    }
  })
}
