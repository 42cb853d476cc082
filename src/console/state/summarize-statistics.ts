import { addDays, isCalendarDate } from '../../lead/calendar-date.ts'
import type { StatisticsAnswer } from '../../relay/http/admin/statistics-answer.ts'

/** What is counted, from the first look at a form to what became of its lead. */
export const countNames = ['view', 'start', 'submit', 'sent', 'accepted', 'declined', 'waiting'] as const

/** Counts by their names. */
export type Counts = { readonly [name in (typeof countNames)[number]]: number }

/** Counts of something that has a name: a day, a form, a variant, a source. */
export interface NamedCounts extends Counts {
  readonly name: string
}

/** Where pages were left, and what was wrong there. */
export interface LeftField {
  readonly form: string
  readonly step: string
  readonly field: string
  readonly count: number
  /** The most frequent first. */
  readonly codes: readonly { readonly code: string; readonly count: number }[]
}

/** How often a step of a form was reached. */
export interface ReachedStep {
  readonly form: string
  readonly step: string
  readonly title: string
  readonly count: number
}

/** The sum of all rows. */
export function addCounts(rows: readonly Counts[]): Counts {
  const sum = (name: keyof Counts): number => rows.reduce((total, row) => total + row[name], 0)
  return {
    view: sum('view'),
    start: sum('start'),
    submit: sum('submit'),
    sent: sum('sent'),
    accepted: sum('accepted'),
    declined: sum('declined'),
    waiting: sum('waiting'),
  }
}

/** The counts by form, variant or source; what was seen or sent most comes first. */
export function groupCounts(
  { funnel }: Pick<StatisticsAnswer, 'funnel'>,
  by: 'form' | 'variant' | 'source',
): readonly NamedCounts[] {
  return [...groupRows(funnel, (row) => row[by])]
    .map(([name, rows]) => ({ name, ...addCounts(rows) }))
    .sort((one, other) => other.view + other.sent - one.view - one.sent || (one.name < other.name ? -1 : 1))
}

function groupRows<Row>(rows: readonly Row[], nameOf: (row: Row) => string): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const name = nameOf(row)
    const group = groups.get(name) ?? []
    group.push(row)
    groups.set(name, group)
  }
  return groups
}

/** The counts of every day, also of those without any. */
export function countDays({ from, to, funnel }: StatisticsAnswer): readonly NamedCounts[] {
  const byDay = groupRows(funnel, ({ day }) => day)
  const days: NamedCounts[] = []
  if (!isCalendarDate(from) || !isCalendarDate(to)) return days
  for (let day = from; day <= to; day = addDays(day, 1))
    days.push({ name: day, ...addCounts(byDay.get(day) ?? []) })
  return days
}

/**
 * How often the steps were reached, in the order of their form. Who starts is at the first step, and is not counted there
 * again. Steps that a form had before come last.
 */
export function listReachedSteps({ forms, steps }: StatisticsAnswer): readonly ReachedStep[] {
  const known = forms.flatMap(({ form, steps: own }) =>
    own.slice(1).map(({ step, title = step }) => ({ form, step, title })),
  )
  const isKnown = ({ form, step }: { readonly form: string; readonly step: string }) =>
    forms.some((one) => one.form === form && one.steps.some((own) => own.step === step))
  const former = steps.filter((row) => row.step !== '' && !isKnown(row))
  const countOf = (form: string, step: string): number =>
    steps.find((row) => row.form === form && row.step === step)?.count ?? 0
  return [
    ...known.map((row) => ({ ...row, count: countOf(row.form, row.step) })),
    ...former.map(({ form, step, count }) => ({ form, step, title: step, count })),
  ].filter(({ form }) => steps.some((row) => row.form === form))
}

/** Where people give up, the most frequent first. */
export function listLeftFields({ left }: Pick<StatisticsAnswer, 'left'>): readonly LeftField[] {
  return left
    .filter(({ code }) => code === '')
    .map(({ form, step, field, count }) => ({
      form,
      step,
      field,
      count,
      codes: left
        .filter((row) => row.form === form && row.step === step && row.field === field && row.code !== '')
        .map((row) => ({ code: row.code, count: row.count })),
    }))
}
