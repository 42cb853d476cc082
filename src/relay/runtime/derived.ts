/** Derives something from the value that `source` has now. It is derived once for each value. */
export function createDerived<Source, Result>(
  source: () => Source,
  derive: (value: Source) => Result,
): () => Result {
  let latest: { readonly value: Source; readonly result: Result } | undefined
  return () => {
    const value = source()
    if (latest?.value !== value) latest = { value, result: derive(value) }
    return latest.result
  }
}
