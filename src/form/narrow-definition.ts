import { kindOf, isFieldName } from '../fields/fields.ts'
import type { FieldChanges, FieldDefinition, FormDefinition, StepDefinition } from './definition.ts'
import { didYouMean } from './format-issues.ts'

/** A narrowed definition, or why a page may not change it so. */
export type NarrowResult = { readonly definition: FormDefinition } | { readonly problems: readonly string[] }

/** Changes the fields of a definition. It stays a definition that accepts nothing that the former one refuses. */
export function narrowFields(
  own: FormDefinition,
  changes: Readonly<Record<string, FieldChanges>>,
): NarrowResult {
  const known = own.steps.flatMap(({ fields }) => fields.map(({ name }) => name))
  const problems = Object.keys(changes)
    .filter((name) => !known.some((other) => other === name))
    .map(
      (name) =>
        `fields.${name}: the form has no such field${didYouMean(name, known, `, it has ${known.join(', ')}`)}`,
    )
  const changesOf = new Map(Object.entries(changes))
  const steps = own.steps.map((step) => ({
    ...step,
    fields: step.fields.map((field) => ({ ...field, ...definedEntries(changesOf.get(field.name)) })),
  }))
  for (const field of own.steps.flatMap(({ fields }) => fields))
    problems.push(...findFieldProblems(field, changesOf.get(field.name) ?? {}, `fields.${field.name}`))
  return problems.length > 0 ? { problems } : { definition: { ...own, steps } }
}

/**
 * Applies a page's own definition to the one that its relay serves. A page may change texts and the order within a step,
 * and narrow limits and options. Whatever else it says has to be what the relay says, because the relay checks and
 * records leads by its own definition. What the page does not say stays.
 */
export function narrowDefinition(own: FormDefinition, page: Partial<FormDefinition>): NarrowResult {
  const { steps: pageSteps, id: _, title = own.title, ...rest } = page
  const { minimumAge, maximumAge, passportExpiry, operator, policyUrl, consents, ...others } = rest
  const problems: string[] = []
  const expectSame = (name: string, isSame: boolean): void => {
    if (!isSame)
      problems.push(`${name}: expected that of the relay, word for word, or none: the relay records its own`)
  }
  expectSame('operator', repeats(operator, own.operator))
  expectSame('policyUrl', repeats(policyUrl, own.policyUrl))
  expectSame('consents', repeats(sortById(consents), sortById(own.consents)))
  for (const [name, value] of Object.entries(others))
    expectSame(name, repeats(value, new Map<string, unknown>(Object.entries(own)).get(name)))
  const { minimumAge: ownMinimum = 18, maximumAge: ownMaximum } = own
  if (minimumAge !== undefined && minimumAge < ownMinimum)
    problems.push(`minimumAge: expected at least ${ownMinimum}, the limit of the relay`)
  if (maximumAge !== undefined && ownMaximum !== undefined && maximumAge > ownMaximum)
    problems.push(`maximumAge: expected at most ${ownMaximum}, the limit of the relay`)
  if (passportExpiry === 'warn' && own.passportExpiry === 'error')
    problems.push('passportExpiry: expected "error", as on the relay')
  const limits = definedEntries({ minimumAge, maximumAge, passportExpiry })
  const steps = pageSteps && narrowSteps(own.steps, pageSteps, problems)
  if (problems.length > 0) return { problems }
  return { definition: { ...own, ...limits, ...definedEntries({ title, steps }) } }
}

/** A step or a field that the page does not name stays: the relay may have added it for what a lender requires. */
function narrowSteps(
  own: readonly StepDefinition[],
  page: readonly StepDefinition[],
  problems: string[],
): readonly StepDefinition[] {
  const positions = page.map(({ id }) => own.findIndex((step) => step.id === id))
  const isPart = page.every(({ fields }, index) =>
    fields.every(({ name }) => own[positions[index] ?? -1]?.fields.some((field) => field.name === name)),
  )
  const isInOrder = positions.every((position, index) => position > (positions[index - 1] ?? -1))
  if (!isPart || !isInOrder) {
    const outline = own.map(({ id, fields }) => `${id} (${fields.map(({ name }) => name).join(', ')})`)
    problems.push(
      `steps: expected the steps and the fields of the relay, ${outline.join(', ')}: beside a relay a page can change texts and the order within a step, and narrow limits and options`,
    )
    return own
  }
  return own.map((step, position) => {
    const index = positions.indexOf(position)
    const { fields = [], title = step.title, id: _, ...others } = page[index] ?? {}
    if (!repeats(others, step)) problems.push(`steps.${index}: expected the conditions of the relay`)
    const named = fields.flatMap(({ name, ...changes }) => {
      const field = step.fields.find((candidate) => candidate.name === name)
      if (!field) return []
      problems.push(...findFieldProblems(field, changes, `steps.${index}.${name}`))
      return [{ ...field, ...definedEntries(changes) }]
    })
    const rest = step.fields.filter(({ name }) => !fields.some((field) => field.name === name))
    return { ...step, title, fields: [...named, ...rest] }
  })
}

/** Why a page may not change a field so. */
function findFieldProblems(
  own: FieldDefinition,
  changes: Omit<FieldDefinition, 'name'>,
  path: string,
): readonly string[] {
  const { label: _, hint: __, placeholder: ___, minimum, maximum, options, ...others } = changes
  const { minimum: lowest, maximum: highest } = own
  const problems: string[] = []
  for (const [name, limit] of Object.entries({ minimum, maximum })) {
    if (limit === undefined) continue
    if (lowest !== undefined && limit < lowest)
      problems.push(`${path}.${name}: expected at least ${lowest}, the limit of the form`)
    if (highest !== undefined && limit > highest)
      problems.push(`${path}.${name}: expected at most ${highest}, the limit of the form`)
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum)
    problems.push(`${path}.minimum: expected at most ${maximum}, which is the maximum`)
  const known =
    own.options?.map(({ value }) => value) ??
    (isFieldName(own.name) ? kindOf({ name: own.name }).options : undefined)
  if (options && (options.length === 0 || (known && options.some(({ value }) => !known.includes(value)))))
    problems.push(
      `${path}.options: expected some of the form's options${known ? `: ${known.join(', ')}` : ''}`,
    )
  for (const [name, value] of Object.entries(others))
    if (
      !repeats(
        value,
        new Map<string, unknown>(Object.entries(own)).get(name) ?? (name === 'required' ? true : undefined),
      )
    )
      problems.push(`${path}.${name}: expected that of the form, or none`)
  return problems
}

/** Whether a page repeats what a definition says. It may say less of an object, and nothing at all. */
function repeats(page: unknown, own: unknown): boolean {
  if (page === undefined || page === own) return true
  if (typeof page !== 'object' || page === null || typeof own !== 'object' || own === null) return false
  if (Array.isArray(page) && (!Array.isArray(own) || page.length !== own.length)) return false
  const parts = new Map<string, unknown>(Object.entries(own))
  return Object.entries(page).every(([name, value]) => repeats(value, parts.get(name)))
}

function sortById<Item extends { readonly id: string }>(
  items: readonly Item[] | undefined,
): readonly Item[] | undefined {
  return items && [...items].sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** The entries that have a value, to be spread over others. */
function definedEntries(given: object = {}): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
