import { type AddressPrefix, addressParts } from '../lead/values.ts'
import { type FieldName, fieldNameOf } from './fields.ts'

/** A part of a composite field. Hidden parts (codes and ids) are filled when a place is chosen from a list. */
interface CompositePart {
  readonly name: FieldName
  /** Whether the part is required when the composite is. */
  readonly required: boolean
}

const requiredAddressParts = ['Region', 'City', 'Street', 'House'] as const
const kladrParts = ['RegionKladr', 'CityKladr', 'StreetKladr'] as const

function addressComposite(prefix: AddressPrefix): readonly CompositePart[] {
  const parts = [...addressParts, ...kladrParts, 'HouseKladr', 'HousingKladr'] as const
  return parts.map((part) => ({
    name: `${prefix}${part}` as const,
    required: requiredAddressParts.some((name) => name === part),
  }))
}

/** Fields of several parts, each with its own input, under the names that definitions use. */
export const composites = {
  // One input takes the whole name, and its parts have their own once it cannot be split for certain.
  fullName: (['lastName', 'firstName', 'middleName', 'noMiddleName'] as const).map((name): CompositePart => ({
    name,
    required: name !== 'noMiddleName',
  })),
  issuePlace: (['region', 'city', 'cityKladr', 'regionId', 'cityId'] as const).map((name): CompositePart => ({
    name,
    // The region follows from the city. Typing it only narrows the list of cities.
    required: name === 'city',
  })),
  registration: addressComposite('registration'),
  residence: addressComposite('residence'),
  jobLocation: [...requiredAddressParts, 'Housing' as const, ...kladrParts].map((part): CompositePart => ({
    name: `job${part}` as const,
    required: requiredAddressParts.some((name) => name === part),
  })),
} as const satisfies Record<string, readonly CompositePart[]>

/** The name of a composite field. */
export type CompositeName = keyof typeof composites

/** Whether a composite has this name. */
export function isCompositeName(name: string): name is CompositeName {
  return Object.hasOwn(composites, name)
}

/**
 * The name by which a definition requests a canonical name: `issuePlace` for `cityKladr`, `passport` for
 * `passportSeries`, otherwise the name itself.
 */
export function definitionNameOf(canonical: string): string {
  return findOwnComposite(canonical)?.[0] ?? fieldNameOf(canonical)
}

/** The composite that a canonical name belongs to, and its parts. The parts of a name are fields in their own right. */
export function findOwnComposite(canonical: string): readonly [string, readonly CompositePart[]] | undefined {
  return Object.entries(composites).find(
    ([composite, parts]) => composite !== 'fullName' && parts.some(({ name }) => name === canonical),
  )
}
