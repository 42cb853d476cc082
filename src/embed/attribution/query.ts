/**
 * The names and values of an address's query. Old sites and ad systems write Russian in windows-1251, which
 * `URLSearchParams` does not read.
 */
export function parseQuery(query: string): readonly (readonly [string, string])[] {
  return query
    .replace(/^\?/, '')
    .split('&')
    .map((pair) => {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair.replaceAll('+', ' ')) ?? []
      return [decodePercents(name), decodePercents(value)] as const
    })
}

/** Decodes what is written with percents: in UTF-8, where that is possible, or in windows-1251. */
export function decodePercents(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split('%'), (hex) => Number.parseInt(hex, 16))
    // A text that was cut ends with a part of a character.
    const utf8 = new TextDecoder().decode(bytes).replace(/\uFFFD$/, '')
    return utf8 && !utf8.includes('\uFFFD') ? utf8 : new TextDecoder('windows-1251').decode(bytes)
  })
}
