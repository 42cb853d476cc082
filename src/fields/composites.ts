import { type FieldName, fieldNameOf } from './fields.ts'

/** A part of a composite field. What a place list brings with a choice is never asked for by itself. */
interface CompositePart {
  readonly name: FieldName
  /** Whether it has to be given when the composite has to. */
  readonly required: boolean
}

const requiredAddressParts = ['Region', 'City', 'Street', 'House'] as const
const kladrParts = ['RegionKladr', 'CityKladr', 'StreetKladr'] as const

function addressComposite(prefix: 'registration' | 'residence'): readonly CompositePart[] {
  const typed = ['Region', 'City', 'Index', 'Street', 'House', 'Housing', 'Apartment'] as const
  const all = [...typed, ...kladrParts, 'HouseKladr', 'HousingKladr'] as const
  return all.map((part) => ({
    name: `${prefix}${part}` as const,
    required: requiredAddressParts.some((one) => one === part),
  }))
}

/** Fields of several parts, each typed on its own, under the name that a definition asks by. */
export const composites = {
  issuePlace: (['region', 'city', 'cityKladr', 'regionId', 'cityId'] as const).map((name): CompositePart => ({
    name,
    // The region follows from the city, or helps to find it.
    required: name === 'city',
  })),
  registration: addressComposite('registration'),
  residence: addressComposite('residence'),
  jobLocation: [...requiredAddressParts, 'Housing' as const, ...kladrParts].map((part): CompositePart => ({
    name: `job${part}` as const,
    required: requiredAddressParts.some((one) => one === part),
  })),
} as const satisfies Record<string, readonly CompositePart[]>

/** The name of a composite field. */
export type CompositeName = keyof typeof composites

/** Whether there is such a composite. */
export function isCompositeName(name: string): name is CompositeName {
  return Object.hasOwn(composites, name)
}

/**
 * The name that a definition asks by for a canonical name: `issuePlace` for `cityKladr`, `passport` for `passportSeries`,
 * and the name itself where it is no part of another.
 */
export function definitionNameOf(canonical: string): string {
  const whole = Object.entries(composites).find(([, parts]) => parts.some(({ name }) => name === canonical))
  return whole?.[0] ?? fieldNameOf(canonical)
}
