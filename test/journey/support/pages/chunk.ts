/** Matches the address of a file that the widget loads on demand, by the name that its file begins with. */
export function chunkPattern(name: string): RegExp {
  return new RegExp(`/${name}-[\\w-]{8}\\.js$`)
}
