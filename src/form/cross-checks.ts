import { composites, isCompositeName } from '../fields/composites.ts'
import { didYouMean } from './format-issues.ts'
import { fieldOf, isFieldName } from '../fields/fields.ts'

/**
 * Problems across the parts of a definition: repeated ids, repeated fields, no required consent to processing. Works on
 * definitions that have other problems, too.
 */
export function crossCheckDefinition(candidate: unknown): readonly string[] {
  const { steps, consents, consentsAt } = readOutline(candidate)
  return [
    ...findRepeatedIds('steps', steps),
    ...findRepeatedFields(steps),
    ...checkAges(asUncheckedPart(candidate)),
    ...checkLimits(steps),
    ...checkCalculators(steps),
    ...checkReviews(steps),
    ...checkConsentsStep(consentsAt, steps),
    ...findRepeatedIds('consents', consents),
    ...checkProcessingConsent(consents),
  ]
}

/** The canonical names of all fields of a definition, conditional ones included; `undefined` if it has no steps. */
export function requestedNames(candidate: unknown): ReadonlySet<string> | undefined {
  const { steps } = readOutline(candidate)
  if (!steps) return undefined
  const names = listFields(steps).flatMap(({ name }) => expandName(name))
  return new Set(names.flatMap(canonicalNames))
}

function canonicalNames(name: string): readonly string[] {
  return (isFieldName(name) ? fieldOf(name).parts : undefined) ?? [name]
}

/** A part of a definition that has not been checked. */
interface UncheckedPart {
  readonly id?: unknown
  readonly name?: unknown
  readonly kind?: unknown
  readonly required?: unknown
  readonly fields?: unknown
  readonly steps?: unknown
  readonly consents?: unknown
  readonly consentsAt?: unknown
  readonly minimumAge?: unknown
  readonly maximumAge?: unknown
  readonly minimum?: unknown
  readonly maximum?: unknown
}

function asUncheckedPart(candidate: unknown): UncheckedPart {
  return Object(candidate)
}

function readOutline(candidate: unknown) {
  const { steps, consents, consentsAt } = asUncheckedPart(candidate)
  return { steps: asUncheckedList(steps), consents: asUncheckedList(consents), consentsAt }
}

function asUncheckedList(candidate: unknown): readonly UncheckedPart[] | undefined {
  return Array.isArray(candidate) ? candidate.map(asUncheckedPart) : undefined
}

function findRepeatedIds(list: string, items: readonly UncheckedPart[] = []): readonly string[] {
  const ids = items.map(({ id }) => id)
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id)
    return typeof id !== 'string' || first === index
      ? []
      : [`${list}.${index}.id: expected a unique id, ${list}.${first} has the same`]
  })
}

function findRepeatedFields(steps: readonly UncheckedPart[] = []): readonly string[] {
  const seen = new Map<string, string>()
  return listFields(steps).flatMap(({ name, path }) => {
    const earlier = expandName(name).flatMap((part) => seen.get(part) ?? [])[0]
    for (const part of expandName(name)) seen.set(part, path)
    return earlier === undefined ? [] : [`${path}: expected each field once, ${earlier} has this one already`]
  })
}

/** Nobody is older than the one and younger than the other. */
function checkAges({ minimumAge = 18, maximumAge }: UncheckedPart): readonly string[] {
  return isAbove(minimumAge, maximumAge)
    ? [`maximumAge: expected ${String(minimumAge)} or more, the minimum age, or nobody could apply`]
    : []
}

function checkLimits(steps: readonly UncheckedPart[] = []): readonly string[] {
  return listFields(steps).flatMap(({ field, path }) =>
    isAbove(field.minimum, field.maximum) ? [`${path}.minimum: expected no more than "maximum"`] : [],
  )
}

function isAbove(minimum: unknown, maximum: unknown): boolean {
  return typeof minimum === 'number' && typeof maximum === 'number' && minimum > maximum
}

/** A calculator computes from a sum and a term. */
function checkCalculators(steps: readonly UncheckedPart[] = []): readonly string[] {
  return steps.flatMap((step, index) => {
    const names = listFields([step]).map(({ name }) => name)
    const missing = ['amount', 'termDays'].filter((name) => !names.includes(name))
    return step.kind === 'calculator' && missing.length > 0
      ? [
          `steps.${index}.fields: expected ${missing.map((name) => `"${name}"`).join(' and ')} on a calculator`,
        ]
      : []
  })
}

/** A review shows what other steps have asked. Every other step says what it asks, if only that it asks nothing. */
function checkReviews(steps: readonly UncheckedPart[] = []): readonly string[] {
  return steps.flatMap(({ kind, fields }, index) => {
    if (kind !== 'review')
      return fields === undefined ? [`steps.${index}.fields: expected a list of fields`] : []
    const isEmpty = fields === undefined || (Array.isArray(fields) && fields.length === 0)
    return [
      ...(isEmpty ? [] : [`steps.${index}.fields: expected none on a review`]),
      ...(index > 0 ? [] : [`steps.${index}.kind: expected a step before the review`]),
    ]
  })
}

function checkConsentsStep(consentsAt: unknown, steps: readonly UncheckedPart[] = []): readonly string[] {
  const ids = steps.flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
  if (typeof consentsAt !== 'string' || ids.includes(consentsAt)) return []
  return [`consentsAt: expected the id of a step${didYouMean(consentsAt, ids, `, one of ${ids.join(', ')}`)}`]
}

function listFields(
  steps: readonly UncheckedPart[],
): readonly { readonly name: string; readonly path: string; readonly field: UncheckedPart }[] {
  return steps.flatMap((step, stepIndex) => {
    const fields: readonly unknown[] = Array.isArray(step.fields) ? step.fields : []
    return fields.flatMap((field, index) => {
      const name = typeof field === 'string' ? field : asUncheckedPart(field).name
      const path = `steps.${stepIndex}.fields.${index}`
      return typeof name === 'string' ? [{ name, path, field: asUncheckedPart(field) }] : []
    })
  })
}

function expandName(name: string): readonly string[] {
  return isCompositeName(name) ? composites[name].map((part) => part.name) : [name]
}

function checkProcessingConsent(consents: readonly UncheckedPart[] | undefined): readonly string[] {
  const reason = 'without it personal data may not be taken'
  if (!consents || consents.some(({ id, required }) => id === 'processing' && required !== false)) return []
  const optional = consents.findIndex(({ id }) => id === 'processing')
  return optional < 0
    ? [`consents: expected the consent "processing" with "required": true, ${reason}`]
    : [`consents.${optional}.required: expected true for the consent "processing", ${reason}`]
}
