import { type FieldName, isFieldName } from './fields.ts'

/** A part of a composite field. What a place list brings with a choice is never asked for by itself. */
interface Part {
  readonly name: FieldName
  /** Whether it has to be given when the composite has to. */
  readonly required: boolean
}

const needed = ['Region', 'City', 'Street', 'House'] as const
const codes = ['RegionKladr', 'CityKladr', 'StreetKladr'] as const

function address(prefix: 'registration' | 'residence'): readonly Part[] {
  const typed = ['Region', 'City', 'Index', 'Street', 'House', 'Housing', 'Apartment'] as const
  const all = [...typed, ...codes, 'HouseKladr', 'HousingKladr'] as const
  return all.map((part) => ({
    name: `${prefix}${part}` as const,
    required: needed.some((one) => one === part),
  }))
}

/** Fields of several parts, each typed on its own, under the name that a definition asks by. */
export const composites = {
  registration: address('registration'),
  residence: address('residence'),
  jobLocation: [...needed, 'Housing' as const, ...codes].map((part): Part => ({
    name: `job${part}` as const,
    required: needed.some((one) => one === part),
  })),
} as const satisfies Record<string, readonly Part[]>

/** The name of a composite field. */
export type CompositeName = keyof typeof composites

/** Whether there is such a composite. */
export function isCompositeName(name: string): name is CompositeName {
  return Object.hasOwn(composites, name)
}

/** From the coarse to the fine: a part says nothing any more once a coarser one is another. */
const levels = ['Region', 'City', 'Street', 'House', 'Housing']

/** The KLADR codes of an address that hold no longer when this part of it is typed anew: its own and the finer ones. */
export function codesUnder(name: FieldName): readonly FieldName[] {
  const [, prefix, level = ''] = /^(registration|residence|job)([A-Z]\w+)$/.exec(name) ?? []
  const from = levels.indexOf(level)
  return from < 0
    ? []
    : levels
        .slice(from)
        .map((finer) => `${prefix}${finer}Kladr`)
        .filter(isFieldName)
}
