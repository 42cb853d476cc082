const decoder = new TextDecoder('windows-1251')
const codes = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]))

/**
 * Encodes a text as browsers do on a page in windows-1251: every byte with a percent, and a character that the encoding
 * has not as a reference.
 */
export function encodeInWindows1251(text: string): string {
  return Array.from(text, (character) => {
    const code = codes.get(character)
    return code === undefined
      ? encodeInWindows1251(`&#${character.codePointAt(0)};`)
      : `%${code.toString(16).padStart(2, '0')}`
  }).join('')
}
