/** A definition whose consents people may have agreed to. */
export interface KnownConsents {
  /** Where the definition comes from, for the problem: "the configuration", "version 3". */
  readonly source: string
  /** Not validated. */
  readonly consents: unknown
}

interface ConsentText {
  readonly id: string
  readonly version: string
  readonly text: string
}

/**
 * Problems of consents whose sentence is another one than before, under the same version of the document: those who agreed to
 * the version have agreed to what was shown beside it. A receipt would no longer tell which of the two it was.
 */
export function findChangedConsents(consents: unknown, known: readonly KnownConsents[]): readonly string[] {
  return readConsents(consents).flatMap((consent, index) => {
    const other = known.find(({ consents: earlier }) =>
      readConsents(earlier).some(
        ({ id, version, text }) => id === consent.id && version === consent.version && text !== consent.text,
      ),
    )
    return other
      ? [
          `consents.${index}.version: expected a new version: the text of the consent "${consent.id}" differs from the one of ${other.source} under the same version; publish a new document, and give its version and its address`,
        ]
      : []
  })
}

function readConsents(candidate: unknown): readonly ConsentText[] {
  const list: readonly unknown[] = Array.isArray(candidate) ? candidate : []
  return list.map((consent) => {
    const {
      id,
      version,
      text,
    }: { readonly id?: unknown; readonly version?: unknown; readonly text?: unknown } = Object(consent)
    // Without a text it is the locale's sentence.
    return {
      id: String(id),
      version: String(version),
      text: typeof text === 'string' ? normalizeSpaces(text) : '',
    }
  })
}

function normalizeSpaces(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
