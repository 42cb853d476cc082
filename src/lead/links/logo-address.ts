import { isHttpUrl } from './http-url.ts'

/** Where a logo comes from. */
export type LogoAddress =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'data'; readonly type: string; readonly isBase64: boolean; readonly data: string }

/**
 * Parses the address of a logo; `undefined` for any other text. Everybody who asks where a logo comes from asks here: an address
 * that one part takes for an image and another one for a file would be read from the relay's disk.
 */
export function parseLogoAddress(text: string): LogoAddress | undefined {
  if (/^data:/i.test(text)) return parseData(text)
  // Browsers leave control characters out, and so would see another scheme.
  if (/^\s|\p{Cc}/u.test(text)) return undefined
  if (/^https?:\/\/[^/]/i.test(text) && isHttpUrl(text)) return { kind: 'address', url: text }
  return /^(?:[a-z][a-z\d+.-]*:|[/\\]{2})/i.test(text) ? undefined : { kind: 'file', path: text }
}

function parseData(text: string): LogoAddress | undefined {
  const [, type, base64, encoded = ''] =
    /^data:(image\/(?:png|jpeg|webp|gif|avif|svg\+xml))(?:;[\w.-]+(?:=[\w.-]+)?)*?(;base64)?,(.+)$/is.exec(
      text,
    ) ?? []
  if (!type) return undefined
  try {
    const data = decodeURIComponent(encoded)
    const isBase64 = base64 !== undefined
    if (isBase64 && !/^[\w+/\s-]+={0,2}$/.test(data.trimEnd())) return undefined
    return { kind: 'data', type: type.toLowerCase(), isBase64, data }
  } catch {
    // A percent sign that begins no character.
    return undefined
  }
}
