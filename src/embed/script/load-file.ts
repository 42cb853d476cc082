/** Fetches a file with its hash, where the loader has hashes. Rejects if the file has another. */
export type Preload = (url: string) => Promise<unknown>

/** How long a file may take, in milliseconds: then the form goes on without it, or asks for it again. */
const longestMs = 30_000

/**
 * Creates what the build puts in place of every `import()` of a file beside this one. Browsers remember a module that
 * could not be fetched, by its address, so the next try has another one.
 */
export function createFileLoader(preload: Preload | undefined): (file: string) => Promise<unknown> {
  const failures = new Map<string, number>()
  const load = async (href: string): Promise<unknown> => {
    await preload?.(href)
    return import(/* @vite-ignore */ href)
  }
  return async (file) => {
    const failed = failures.get(file) ?? 0
    const { href } = new URL(failed ? `${file}?${failed}` : file, import.meta.url)
    try {
      return await Promise.race([load(href), rejectLater(href)])
    } catch (error) {
      failures.set(file, failed + 1)
      throw error
    }
  }
}

function rejectLater(href: string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(reject, longestMs, new Error(`${href} takes too long`))
  })
}
