import {
  array,
  type InferOutput,
  looseObject,
  optional,
  picklist,
  pipe,
  record,
  safeParse,
  string,
  transform,
  union,
  unknown,
} from 'valibot'
import { themes } from '../../../embed/options/options-table.ts'
import { type Draft, type DraftForm, type DraftLooks, plainLooks } from './draft.ts'

const field = union([
  pipe(
    string(),
    transform((name) => ({ name })),
  ),
  looseObject({ name: string() }),
])
const step = looseObject({ id: string(), title: optional(string(), ''), fields: optional(array(field), []) })
const consent = looseObject({
  id: string(),
  required: optional(unknown(), false),
  documentUrl: optional(string(), ''),
  version: optional(string(), ''),
})
const form = looseObject({
  $schema: optional(unknown()),
  id: optional(string(), 'form'),
  steps: array(step),
  consents: optional(array(consent), []),
})
const looks = looseObject({
  theme: optional(picklist(themes), plainLooks.theme),
  look: optional(string(), plainLooks.look),
  colors: optional(record(string(), string()), {}),
})

/** Parses a definition that may have problems: only its outline must be there. `undefined` if it is not. */
export function parseDraftForm(candidate: unknown): DraftForm | undefined {
  const result = safeParse(form, candidate)
  return result.success ? toDraftForm(result.output) : undefined
}

/** Parses what a version says of the looks. */
export function parseDraftLooks(candidate: unknown): DraftLooks {
  const result = safeParse(looks, candidate ?? {})
  if (!result.success) return plainLooks
  const { theme, look, colors } = result.output
  return { theme, look, colors }
}

/** Parses a definition that was entered as text. */
export function parseDraftText(text: string): DraftForm | undefined {
  try {
    return parseDraftForm(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Whether two drafts say the same. */
export function isSameDraft(one: Draft, other: Draft): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The outline has been checked, and the definition's own schema reports what is wrong with the rest. */
function toDraftForm(outline: InferOutput<typeof form>): DraftForm {
  const { $schema: _, ...parsed } = outline
  const steps = parsed.steps.map((one) => ({ ...one, fields: one.fields }))
  const consents = parsed.consents.map((one) => ({ ...one, required: one.required === true }))
  return { ...parsed, steps, consents } as DraftForm
}
