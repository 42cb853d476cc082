import { addDays, isCalendarDate } from '../../../src/lead/calendar-date.ts'
import type { StatisticsAnswer } from '../../../src/relay/http/admin/statistics-answer.ts'

type FunnelRow = StatisticsAnswer['funnel'][number]

/** Statistics of some days, the same for the same question. */
export function inventStatistics(query: URLSearchParams): StatisticsAnswer {
  const from = query.get('from') ?? '2026-10-30'
  const to = query.get('to') ?? '2026-11-28'
  const wanted = query.get('form')
  const funnel: FunnelRow[] = []
  if (isCalendarDate(from) && isCalendarDate(to))
    for (let day = from, index = 1; day <= to; day = addDays(day, 1), index += 1)
      for (const [form, source, variant, weight] of pages) {
        const view = weight * (20 + ((index * 7) % 13))
        const sent = Math.round(view * 0.3)
        const accepted = Math.round(sent * 0.5)
        const declined = Math.round(sent * 0.3)
        funnel.push({
          day,
          form,
          source,
          variant,
          view,
          start: Math.round(view * 0.6),
          submit: Math.round(view * 0.32),
          sent,
          accepted,
          declined,
          waiting: sent - accepted - declined,
        })
      }
  const isWanted = ({ form }: { readonly form: string }) => wanted === null || form === wanted
  return {
    from,
    to,
    counting: true,
    forms: [
      {
        form: 'main',
        title: 'Заём',
        steps: [
          { step: 'loan', title: 'Сумма и срок' },
          { step: 'person', title: 'О вас' },
          { step: 'passport', title: 'Паспорт' },
        ],
      },
      { form: 'callback', steps: [{ step: 'contact' }] },
    ],
    funnel: funnel.filter(isWanted),
    steps: [
      { form: 'main', step: 'person', count: 900 },
      { form: 'main', step: 'passport', count: 610 },
      { form: 'main', step: 'former', count: 4 },
    ].filter(isWanted),
    left: [
      { form: 'main', step: 'passport', field: 'passport', code: '', count: 120 },
      { form: 'main', step: 'passport', field: 'passport', code: 'required', count: 70 },
      { form: 'main', step: 'passport', field: 'passport', code: 'passport-format', count: 12 },
      { form: 'main', step: 'person', field: 'phone', code: '', count: 45 },
      { form: 'main', step: 'person', field: '', code: '', count: 9 },
    ].filter(isWanted),
  }
}

/** Form, source, variant, and how often it is seen. */
const pages = [
  ['main', 'yandex', 'a', 4],
  ['main', 'vk', 'b', 2],
  ['callback', '', '', 1],
] as const
