import type { Draft, DraftForm } from './draft.ts'

/** A difference between two drafts. A value that is missing is not there. */
export interface DraftDifference {
  /** The path in the definition, with ids and names in place of numbers: `steps.person.phone.label`. */
  readonly path: string
  readonly before?: string
  readonly after?: string
}

/** Lists what differs, in the order of the later draft. Steps are compared by id, fields and consents by name. */
export function compareDrafts(before: Draft, after: Draft): readonly DraftDifference[] {
  const earlier = flattenDraft(before)
  const later = flattenDraft(after)
  return [...new Set([...later.keys(), ...earlier.keys()])].flatMap((path) => {
    const [was, is] = [earlier.get(path), later.get(path)]
    if (was === is) return []
    return [
      { path, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) },
    ]
  })
}

function flattenDraft({ form, looks }: Draft): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  flatten(found, '', nameParts(form))
  flatten(found, 'looks', looks)
  return found
}

/** The order of steps and fields is a value of its own, so that a move is one difference. */
function nameParts({ steps, consents, ...others }: DraftForm): object {
  return {
    ...others,
    order: steps.map(({ id }) => id).join(', '),
    steps: Object.fromEntries(
      steps.map(({ id, fields, ...step }) => [
        id,
        {
          ...step,
          order: fields.map(({ name }) => name).join(', '),
          ...Object.fromEntries(fields.map(({ name, ...field }) => [name, field])),
        },
      ]),
    ),
    consents: Object.fromEntries(consents.map(({ id, ...consent }) => [id, consent])),
  }
}

function flatten(found: Map<string, string>, path: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isCondition(path)) {
    for (const [key, inner] of Object.entries(value))
      flatten(found, path === '' ? key : `${path}.${key}`, inner)
    return
  }
  if (value !== undefined) found.set(path, typeof value === 'string' ? value : JSON.stringify(value))
}

/** A condition is read as a whole. */
function isCondition(path: string): boolean {
  return path.endsWith('.when')
}
