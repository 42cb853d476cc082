import { Hono } from 'hono'
import type { Clock } from 'pg-boss'
import { check, object, optional, pipe, safeParse, string } from 'valibot'
import { formatIssues } from '../../../form/format-issues.ts'
import { addDays, isCalendarDate, moscowDate } from '../../../lead/calendar-date.ts'
import type { FormConfig } from '../../config/form-config.ts'
import type { Database } from '../../database/database.ts'
import type { EventCounts } from '../../leads/statistics/event-counts.ts'
import { createStatisticsReader, SlowStatisticsError } from '../../leads/statistics/read-statistics.ts'
import { errorResponse, uncachedJson } from '../responses.ts'
import type { StatisticsAnswer } from './statistics-answer.ts'

/** What {@link statisticsRoutes} depends on. */
export interface StatisticsRoutesDeps {
  readonly database: Database
  /** `undefined` if nothing is counted. */
  readonly eventCounts: EventCounts | undefined
  /** The forms that are not refused. */
  readonly forms: ReadonlyMap<string, FormConfig>
  readonly clock: Clock
}

/** Days that are read unless others are asked for, and at most. */
const usualDays = 30
const maxDays = 92

const daySchema = pipe(string(), check(isCalendarDate, 'a day, 2026-11-29'))
const querySchema = object({ from: optional(daySchema), to: optional(daySchema), form: optional(string()) })

/** `GET /admin/stats`: the statistics of some days and of one form or all. */
export function statisticsRoutes({ database, eventCounts, forms, clock }: StatisticsRoutesDeps): Hono {
  const reader = createStatisticsReader(database)
  return new Hono().get('/admin/stats', async ({ req }) => {
    const parsed = safeParse(querySchema, req.query())
    if (!parsed.success)
      return errorResponse('parameter', formatIssues(querySchema, parsed.issues).join('; '))
    const today = moscowDate(new Date(clock.now()))
    const { to = today, form } = parsed.output
    if (!isCalendarDate(to)) return errorResponse('parameter', 'to: expected a day, 2026-11-29')
    const { from = addDays(to, 1 - usualDays) } = parsed.output
    if (from > to || from <= addDays(to, -maxDays))
      return errorResponse('parameter', `from: expected a day within the ${maxDays} days up to "to"`)
    // What was counted a moment ago is part of the answer.
    await eventCounts?.store()
    const statistics = await reader.read({ from, to, form }).catch((error: unknown) => {
      if (error instanceof SlowStatisticsError) return undefined
      throw error
    })
    if (!statistics)
      return errorResponse(
        'too-slow',
        'Reading the statistics of these days took too long, and was stopped: ask for fewer days or for one form.',
      )
    const answer: StatisticsAnswer = {
      from,
      to,
      counting: eventCounts !== undefined,
      forms: [...forms].map(([name, { definition }]) => ({
        form: name,
        ...(definition.title === undefined ? {} : { title: definition.title }),
        steps: definition.steps.map(({ id, title }) => ({
          step: id,
          ...(title === undefined ? {} : { title }),
        })),
      })),
      ...statistics,
    }
    return uncachedJson(answer)
  })
}
