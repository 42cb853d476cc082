/** `AbortSignal.timeout`, which phones of 2021 do not have; to be stopped once the answer is here. */
export function timeoutSignal(ms: number): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), ms)
  return { signal: controller.signal, stop: () => clearTimeout(timer) }
}
