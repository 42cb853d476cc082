import { PlaceFileError } from '../import/imported-places.ts'

/**
 * Decodes a file from what spreadsheets save: UTF-8, UTF-16 with a byte order mark, or windows-1251. Throws
 * {@link PlaceFileError} for a file that is no text, or has no Russian letters.
 */
export function decodeRussianText(bytes: Uint8Array, file: string): string {
  const encoding = detectEncoding(bytes)
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.includes('\0'))
    throw new PlaceFileError(
      file,
      undefined,
      'expected a CSV file, and this is no text: save it as "CSV UTF-8"',
    )
  if (!/[А-Яа-яЁё]/.test(text))
    throw new PlaceFileError(file, undefined, 'expected names in Russian letters, but found none')
  return text
}

function detectEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'windows-1251'
  }
}
