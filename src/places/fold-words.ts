/** Words in small letters, parted by one space: without ё, accents, hyphens, dots and quotes. */
export function foldWords(text: string): string {
  const small = text.toLowerCase()
  // Most names are one Russian word, and lists have thousands of them.
  if (/^[а-я]+$/.test(small)) return small
  return small
    .normalize('NFC')
    .replaceAll('ё', 'е')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
