/** Words in small letters, parted by one space: without ё, accents, hyphens, dots and quotes. */
export function foldWords(text: string): string {
  const small = text.normalize('NFC').toLowerCase().replaceAll('ё', 'е')
  // Nearly all names, and lists have thousands of them.
  if (/^[а-я]+(?:[- ][а-я]+)*$/.test(small)) return small.replaceAll('-', ' ')
  return small
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
