/**
 * Does what `AbortSignal.timeout` does, which phones of 2021 do not have. With `outer`, an abort of that signal aborts
 * this one too. `stop` has to be called once the answer has arrived. The reason is a sentence, for the console.
 */
export function timeoutSignal(
  ms: number,
  outer?: AbortSignal,
): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${ms / 1000} s`)), ms)
  outer?.addEventListener('abort', abort)
  return {
    signal: controller.signal,
    stop() {
      clearTimeout(timer)
      outer?.removeEventListener('abort', abort)
    },
  }
}
