import { composites, isCompositeName } from '../fields/composites.ts'
import { fieldOf, isFieldName } from '../fields/fields.ts'

/**
 * Problems across the parts of a definition: repeated ids, repeated fields, no required consent to processing. Works on
 * definitions that have other problems, too.
 */
export function crossCheckDefinition(candidate: unknown): readonly string[] {
  const { steps, consents } = readOutline(candidate)
  return [
    ...findRepeatedIds('steps', steps),
    ...findRepeatedFields(steps),
    ...checkCalculators(steps),
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
}

function asUncheckedPart(candidate: unknown): UncheckedPart {
  return Object(candidate)
}

function readOutline(candidate: unknown) {
  const { steps, consents } = asUncheckedPart(candidate)
  return { steps: asUncheckedList(steps), consents: asUncheckedList(consents) }
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

function listFields(
  steps: readonly UncheckedPart[],
): readonly { readonly name: string; readonly path: string }[] {
  return steps.flatMap((step, stepIndex) => {
    const fields: readonly unknown[] = Array.isArray(step.fields) ? step.fields : []
    return fields.flatMap((field, index) => {
      const name = typeof field === 'string' ? field : asUncheckedPart(field).name
      return typeof name === 'string' ? [{ name, path: `steps.${stepIndex}.fields.${index}` }] : []
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
