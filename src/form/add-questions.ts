import { type FieldOption, type FormDefinition, parseDefinition } from './definition.ts'

/** A field that a form must ask for in addition to its definition. */
export interface Question {
  /** Name of a field, a composite or a custom field. */
  readonly name: string
  /** Whether the definition has the field already. It then becomes required. */
  readonly alreadyAsked: boolean
  readonly label?: string | undefined
  readonly hint?: string | undefined
  readonly options?: readonly FieldOption[] | undefined
}

/** A definition with added questions, and those that could not be added. */
export interface ExtendedDefinition {
  readonly definition: FormDefinition
  /** Names that this version does not know. */
  readonly unsupported: readonly string[]
}

/** Groups of names that belong in one step. */
const topicPatterns: readonly RegExp[] = [
  /^(passport|birthPlace)/,
  /^(registration|residence)/,
  /^(employment|job)/,
  /^(amount|termDays|purpose|productType|creditHistory|deposit|comment)$/,
  /^guarantor/,
  /^(issuePlace|region|city)/,
  /^(fullName|lastName|firstName|middleName|gender|birthDate|maritalStatus|snils|inn)$/,
  /^(phone|homePhone|email|emailSecond|callTime)$/,
]

/**
 * Adds questions to a definition. A question goes to the last unconditional step that has a field of its group, otherwise
 * to the last unconditional step, otherwise to a new step with this title. A field that the definition has already
 * becomes required.
 */
export function addQuestions(
  definition: FormDefinition,
  questions: readonly Question[],
  title: string,
): ExtendedDefinition {
  let extended = definition
  const unsupported: string[] = []
  for (const question of questions) {
    const candidate = question.alreadyAsked
      ? makeRequired(extended, question.name)
      : insertQuestion(extended, question, title)
    const result = parseDefinition(candidate)
    if ('definition' in result) extended = result.definition
    else unsupported.push(question.name)
  }
  return { definition: extended, unsupported }
}

function makeRequired(definition: FormDefinition, name: string): object {
  return {
    ...definition,
    steps: definition.steps.map((step) => ({
      ...step,
      fields: step.fields.map((field) => (field.name === name ? { ...field, required: true } : field)),
    })),
  }
}

function insertQuestion(
  definition: FormDefinition,
  { name, label, hint, options }: Question,
  title: string,
): object {
  const { steps } = definition
  const field = { name, label, hint, options }
  const unconditional = steps.filter(({ when }) => when === undefined)
  const topic = topicPatterns.find((pattern) => pattern.test(name))
  const related = unconditional.filter(
    ({ fields }) => topic && fields.some((other) => topic.test(other.name)),
  )
  const target = related.at(-1) ?? unconditional.at(-1)
  if (!target)
    return { ...definition, steps: [...steps, { id: uniqueStepId(steps), title, fields: [field] }] }
  return {
    ...definition,
    steps: steps.map((step) => (step === target ? { ...step, fields: [...step.fields, field] } : step)),
  }
}

function uniqueStepId(steps: readonly { readonly id: string }[]): string {
  for (let count = 1, id = 'more'; ; count += 1, id = `more-${count}`) {
    if (steps.every((step) => step.id !== id)) return id
  }
}
