/** An address below a base, which may end with slashes. `path` has no slash at its beginning. */
export function joinUrl(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/${path}`
}

/** An address without its query and fragment. */
export function stripQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}
