/** A street or a house of KLADR. */
export interface AddressRow {
  /** 17 digits for a street, 19 for a house. */
  readonly kladr: string
  /** `Ленина`, `12к2`. */
  readonly name: string
  /** The short type of a street, `ул`. */
  readonly type?: string
  /** The postal index, six digits. */
  readonly index?: string
}

/** The streets of a city, or the houses of a street. */
export interface AddressQuery {
  readonly list: 'streets' | 'houses'
  /** The KLADR code of the city (13 digits) or of the street (17 digits). */
  readonly within: string
  /** The text as typed. */
  readonly text: string
}

/** The rows that were found, best match first. */
export interface AddressAnswer {
  readonly rows: readonly AddressRow[]
  /** Whether these are all matches, so that a longer text needs no new query. */
  readonly complete: boolean
}

/**
 * A source of streets and houses. Rejects when it cannot answer. The caller must work without an answer: a look-up never
 * blocks a lead.
 */
export type StreetDirectory = (query: AddressQuery, signal: AbortSignal) => Promise<AddressAnswer>
