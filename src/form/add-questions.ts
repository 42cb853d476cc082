import { type FieldOption, type FormDefinition, parseDefinition } from './definition.ts'

/** A question that somebody wants a form to ask. */
export interface Question {
  /** A field, a composite, or a custom name. */
  readonly name: string
  /** Whether the form asks for it already; then it may no longer be optional. */
  readonly alreadyAsked: boolean
  readonly label?: string | undefined
  readonly hint?: string | undefined
  readonly options?: readonly FieldOption[] | undefined
}

/** A definition that asks more, and what it cannot ask. */
export interface ExtendedDefinition {
  readonly definition: FormDefinition
  /** Names that no form of this version can ask for. */
  readonly unsupported: readonly string[]
}

/** What belongs together, so that a question finds its step. */
const topicPatterns: readonly RegExp[] = [
  /^(passport|birthPlace)/,
  /^(registration|residence)/,
  /^(employment|job)/,
  /^(amount|termDays|purpose|productType|creditHistory|deposit|comment)$/,
  /^guarantor/,
  /^(issuePlace|region|city)/,
  /^(lastName|firstName|middleName|gender|birthDate|maritalStatus|snils|inn)$/,
  /^(phone|homePhone|email|emailSecond|callTime)$/,
]

/**
 * Lets a definition ask for more: each question in the last step that asks for something like it, else in the last step
 * of all, and never in one that not everybody sees; where there is no such step, in a new one of this title. What is
 * asked for already becomes required.
 */
export function addQuestions(
  definition: FormDefinition,
  wanted: readonly Question[],
  title: string,
): ExtendedDefinition {
  let extended = definition
  const unsupported: string[] = []
  for (const question of wanted) {
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

function insertQuestion(definition: FormDefinition, wanted: Question, title: string): object {
  const { steps } = definition
  const { name: asked, label, hint, options } = wanted
  const question = { name: asked, label, hint, options }
  const shown = steps.filter(({ when }) => when === undefined)
  const topic = topicPatterns.find((one) => one.test(question.name))
  const near = shown.findLast(({ fields }) => topic && fields.some(({ name }) => topic.test(name)))
  const place = near ?? shown.at(-1)
  if (!place)
    return { ...definition, steps: [...steps, { id: uniqueStepId(steps), title, fields: [question] }] }
  return {
    ...definition,
    steps: steps.map((step) => (step === place ? { ...step, fields: [...step.fields, question] } : step)),
  }
}

function uniqueStepId(steps: readonly { readonly id: string }[]): string {
  for (let count = 1, id = 'more'; ; count += 1, id = `more-${count}`) {
    if (steps.every((step) => step.id !== id)) return id
  }
}
