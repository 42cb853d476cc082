import { composites, isCompositeName } from '../fields/composites.ts'
import { fieldOf, isFieldName } from '../fields/fields.ts'

/**
 * What contradicts itself across a definition, whatever else is wrong with it: names that repeat, a field that is asked
 * for twice, no consent to processing.
 */
export function conflictsOf(candidate: unknown): readonly string[] {
  const { steps, consents } = outline(candidate)
  return [
    ...repeats('steps', steps),
    ...fieldsAskedTwice(steps),
    ...repeats('consents', consents),
    ...processingConsent(consents),
  ]
}

/** The canonical names that a definition asks for, shown or hidden; `undefined` when it holds no steps to look at. */
export function askedNames(candidate: unknown): ReadonlySet<string> | undefined {
  const { steps } = outline(candidate)
  if (!steps) return undefined
  const names = requests(steps).flatMap(({ name }) => partsOf(name))
  return new Set(names.flatMap(canonicalNames))
}

function canonicalNames(name: string): readonly string[] {
  return (isFieldName(name) ? fieldOf(name).parts : undefined) ?? [name]
}

/** Parts of a definition that has not been checked. */
interface Loose {
  readonly id?: unknown
  readonly name?: unknown
  readonly required?: unknown
  readonly fields?: unknown
  readonly steps?: unknown
  readonly consents?: unknown
}

function loose(candidate: unknown): Loose {
  return Object(candidate)
}

function outline(candidate: unknown) {
  const { steps, consents } = loose(candidate)
  return { steps: listOf(steps), consents: listOf(consents) }
}

function listOf(candidate: unknown): readonly Loose[] | undefined {
  return Array.isArray(candidate) ? candidate.map(loose) : undefined
}

function repeats(list: string, items: readonly Loose[] = []): readonly string[] {
  const ids = items.map(({ id }) => id)
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id)
    return typeof id !== 'string' || first === index
      ? []
      : [`${list}.${index}.id: expected an id of its own, this is the one of ${list}.${first}`]
  })
}

function fieldsAskedTwice(steps: readonly Loose[] = []): readonly string[] {
  const seen = new Map<string, string>()
  return requests(steps).flatMap(({ name, path }) => {
    const earlier = partsOf(name).flatMap((part) => seen.get(part) ?? [])[0]
    for (const part of partsOf(name)) seen.set(part, path)
    return earlier === undefined
      ? []
      : [`${path}: expected every field once, this one is asked for by ${earlier} already`]
  })
}

function requests(steps: readonly Loose[]): readonly { readonly name: string; readonly path: string }[] {
  return steps.flatMap((step, stepIndex) => {
    const asked: readonly unknown[] = Array.isArray(step.fields) ? step.fields : []
    return asked.flatMap((request, index) => {
      const name = typeof request === 'string' ? request : loose(request).name
      return typeof name === 'string' ? [{ name, path: `steps.${stepIndex}.fields.${index}` }] : []
    })
  })
}

function partsOf(name: string): readonly string[] {
  return isCompositeName(name) ? composites[name].map((part) => part.name) : [name]
}

function processingConsent(consents: readonly Loose[] | undefined): readonly string[] {
  const because = 'without it personal data may not be taken'
  if (!consents || consents.some(({ id, required }) => id === 'processing' && required !== false)) return []
  const optional = consents.findIndex(({ id }) => id === 'processing')
  return optional < 0
    ? [`consents: expected the consent "processing" with "required": true, ${because}`]
    : [`consents.${optional}.required: expected true for the consent "processing", ${because}`]
}
