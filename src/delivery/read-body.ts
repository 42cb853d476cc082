/**
 * Reads a body as text, at most `maxLength` characters. Its encoding is the one that the response names, or UTF-8. What is
 * not valid UTF-8 is read as windows-1251, in which older Russian servers write, often without naming it. Throws once `signal` is aborted.
 */
export async function readBody(response: Response, maxLength: number, signal: AbortSignal): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  // A body whose client does not know the signal could go on for ever.
  signal.addEventListener('abort', () => void reader.cancel().catch(() => {}))
  const decoder = createDecoder(response.headers.get('content-type') ?? '')
  const chunks: Uint8Array[] = []
  let body = ''
  let isDone = false
  while (!isDone && body.length < maxLength) {
    const { done, value } = await reader.read()
    if (signal.aborted) throw new Error('the time is over')
    isDone = done
    if (value) chunks.push(value)
    body += value ? decoder.decode(value, { stream: true }) : decoder.decode()
  }
  if (!isDone) await reader.cancel()
  const text = decoder.encoding === 'utf-8' && body.includes('\uFFFD') ? decodeCyrillic(chunks) : body
  return text.slice(0, maxLength)
}

function createDecoder(contentType: string): TextDecoder {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType) ?? []
  try {
    return new TextDecoder(charset)
  } catch {
    // A name that no decoder knows says nothing.
    return new TextDecoder()
  }
}

function decodeCyrillic(chunks: readonly Uint8Array[]): string {
  const decode = (decoder: TextDecoder): string =>
    chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
  try {
    // The text itself may contain the replacement character.
    return decode(new TextDecoder('utf-8', { fatal: true }))
  } catch {
    return decode(new TextDecoder('windows-1251'))
  }
}
