/**
 * Describes an exception for the page's author: its name, the place in the code and, of its message, which may quote
 * what a person entered, only the words about a missing name: `TypeError: list.toSorted is not a function, form.js:1:230`.
 */
export function describeException(exception: unknown): string {
  if (!(exception instanceof Error)) return 'not an error'
  const { name, message, stack = '' } = exception
  const missing = /^[\w$.]+ is not (?:a function|a constructor|defined)/.exec(message)
  const place = /[\w.-]+\.m?[jt]sx?:\d+:\d+/.exec(stack)
  return `${name}${missing ? `: ${missing[0]}` : ''}${place ? `, ${place[0]}` : ''}`
}
