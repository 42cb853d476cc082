import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { addDays, moscowDate } from '../../lead/calendar-date.ts'
import type { StatisticsAnswer } from '../../relay/http/admin/statistics-answer.ts'
import type { RelayClient, RequestFailure } from '../access/relay-client.ts'

/** The days that statistics are of, in Moscow. */
export type StatisticsPeriod = 'today' | 'month'

/** Days of a `month`. */
const monthDays = 30

/** The statistics that were asked for last. */
export interface StatisticsModel {
  readonly period: ReadonlySignal<StatisticsPeriod>
  /** One form, or all. */
  readonly form: ReadonlySignal<string | undefined>
  readonly answer: ReadonlySignal<StatisticsAnswer | undefined>
  readonly loading: ReadonlySignal<boolean>
  readonly failure: ReadonlySignal<RequestFailure | undefined>
  /** Loads the statistics again. */
  load(): Promise<void>
  choose(change: { readonly period?: StatisticsPeriod; readonly form?: string | undefined }): Promise<void>
}

/** Creates the statistics. */
export function createStatisticsModel(client: RelayClient, now: () => Date): StatisticsModel {
  const period = signal<StatisticsPeriod>('month')
  const form = signal<string | undefined>(undefined)
  const answer = signal<StatisticsAnswer | undefined>(undefined)
  const loading = signal(false)
  const failure = signal<RequestFailure | undefined>(undefined)
  /** Answers to earlier requests are dropped. */
  let latest = 0

  async function load(): Promise<void> {
    latest += 1
    const current = latest
    loading.value = true
    const to = moscowDate(now())
    const from = period.value === 'today' ? to : addDays(to, 1 - monthDays)
    const query = new URLSearchParams({ from, to, ...(form.value === undefined ? {} : { form: form.value }) })
    const answered = await client.request<StatisticsAnswer>({ path: `admin/stats?${query.toString()}` })
    if (current !== latest) return
    batch(() => {
      loading.value = false
      failure.value = 'value' in answered ? undefined : answered.failure
      if ('value' in answered) answer.value = answered.value
    })
  }

  return {
    period,
    form,
    answer,
    loading,
    failure,
    load,
    choose(change) {
      if (change.period) period.value = change.period
      if ('form' in change) form.value = change.form
      return load()
    },
  }
}
