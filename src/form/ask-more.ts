import type { FieldOption, FormDefinition } from './definition.ts'
import { parseDefinition } from './definition.ts'

/** A question that somebody wants a form to ask. */
export interface Wanted {
  /** A field, a composite, or a custom name. */
  readonly name: string
  /** Whether the form asks for it already; then it may no longer be optional. */
  readonly asked: boolean
  readonly label?: string | undefined
  readonly hint?: string | undefined
  readonly options?: readonly FieldOption[] | undefined
}

/** A definition that asks more, and what it cannot ask. */
export interface Extended {
  readonly definition: FormDefinition
  /** Names that no form of this version can ask for. */
  readonly impossible: readonly string[]
}

/** What belongs together, so that a question finds its step. */
const topics: readonly RegExp[] = [
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
export function askMore(definition: FormDefinition, wanted: readonly Wanted[], title: string): Extended {
  let extended = definition
  const impossible: string[] = []
  for (const question of wanted) {
    const candidate = question.asked ? requiring(extended, question.name) : asking(extended, question, title)
    const result = parseDefinition(candidate)
    if ('definition' in result) extended = result.definition
    else impossible.push(question.name)
  }
  return { definition: extended, impossible }
}

function requiring(definition: FormDefinition, name: string): object {
  return {
    ...definition,
    steps: definition.steps.map((step) => ({
      ...step,
      fields: step.fields.map((field) => (field.name === name ? { ...field, required: true } : field)),
    })),
  }
}

function asking(definition: FormDefinition, wanted: Wanted, title: string): object {
  const { steps } = definition
  const { name: asked, label, hint, options } = wanted
  const question = { name: asked, label, hint, options }
  const shown = steps.filter(({ when }) => when === undefined)
  const topic = topics.find((one) => one.test(question.name))
  const near = shown.findLast(({ fields }) => topic && fields.some(({ name }) => topic.test(name)))
  const place = near ?? shown.at(-1)
  if (!place) return { ...definition, steps: [...steps, { id: freeId(steps), title, fields: [question] }] }
  return {
    ...definition,
    steps: steps.map((step) => (step === place ? { ...step, fields: [...step.fields, question] } : step)),
  }
}

function freeId(steps: readonly { readonly id: string }[]): string {
  for (let count = 1, id = 'more'; ; count += 1, id = `more-${count}`) {
    if (steps.every((step) => step.id !== id)) return id
  }
}
