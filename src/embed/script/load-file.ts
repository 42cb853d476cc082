/** Fetches a file with its hash, where the loader has hashes. Rejects if the file has another. */
export type Preload = (url: string) => Promise<unknown>

/**
 * Creates what the build puts in place of every `import()` of a file beside this one. Browsers remember a module that
 * could not be fetched, by its address, so the next try has another one.
 */
export function createFileLoader(preload: Preload | undefined): (file: string) => Promise<unknown> {
  const failures = new Map<string, number>()
  return async (file) => {
    const failed = failures.get(file) ?? 0
    const { href } = new URL(failed ? `${file}?${failed}` : file, import.meta.url)
    try {
      await preload?.(href)
      return await import(/* @vite-ignore */ href)
    } catch (error) {
      failures.set(file, failed + 1)
      throw error
    }
  }
}
