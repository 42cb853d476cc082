import { useEffect, useId, useMemo } from 'preact/hooks'
import { useConsole } from '../../console-context.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { ViewHeading } from '../../parts/view-heading.tsx'
import { createStatisticsModel, type StatisticsModel } from '../../state/statistics-report.ts'
import { type Counts, countDays, addCounts } from '../../state/summarize-statistics.ts'
import { DayChart } from './day-chart.tsx'
import { CountsTable, groupings } from './counts-table.tsx'
import { LeftFields } from './left-fields.tsx'
import { PathBars } from './path-bars.tsx'

/** What people did in forms today or within 30 days, and what became of their leads. */
export function StatisticsView() {
  const { texts: allTexts, client, ports } = useConsole()
  const { statistics: texts } = allTexts.value
  const model = useMemo(() => createStatisticsModel(client, ports.now), [client, ports])
  useEffect(() => void model.load(), [model])

  const { value: shown } = model.answer
  const { value: failure } = model.failure
  const total = shown && addCounts(shown.funnel)
  const isEmpty = shown && shown.funnel.length === 0 && shown.steps.length === 0 && shown.left.length === 0
  return (
    <div class="stack" aria-busy={model.loading.value}>
      <ViewHeading title={texts.title}>
        <PeriodChoice model={model} />
        <span class="spread" />
        <button type="button" class="button" onClick={() => void model.load()}>
          {allTexts.value.list.refresh}
        </button>
      </ViewHeading>
      {failure && <FailurePanel failure={failure} onRetry={() => void model.load()} />}
      {!shown && !failure && <p class="empty">{allTexts.value.loading}</p>}
      {shown && !shown.counting && (
        <div class="notice" data-tone="info">
          <p>{texts.off}</p>
        </div>
      )}
      {total && <Totals counts={total} />}
      {shown && isEmpty && <p class="panel empty">{texts.nothing}</p>}
      {shown && !isEmpty && (
        <>
          {shown.from !== shown.to && <DayChart days={countDays(shown)} />}
          <div class="charts">
            <PathBars answer={shown} />
            <LeftFields answer={shown} />
          </div>
          {groupings.map((by) => (
            <CountsTable key={by} answer={shown} by={by} />
          ))}
        </>
      )}
      <p class="muted">
        {texts.moscow} {texts.declinedHint}
      </p>
    </div>
  )
}

function PeriodChoice({ model }: { readonly model: StatisticsModel }) {
  const { texts: allTexts } = useConsole()
  const { statistics: texts } = allTexts.value
  const id = useId()
  const { value: chosen } = model.form
  const forms = model.answer.value?.forms ?? []
  return (
    <>
      <div class="choice" role="group" aria-label={texts.period}>
        {(['today', 'month'] as const).map((period) => (
          <button
            key={period}
            type="button"
            class="button"
            aria-pressed={model.period.value === period}
            onClick={() => void model.choose({ period })}
          >
            {texts.periods[period]}
          </button>
        ))}
      </div>
      <div class="choice">
        <label class="unseen" for={id}>
          {texts.form}
        </label>
        <select
          id={id}
          class="input"
          value={chosen ?? ''}
          onChange={({ currentTarget: { value } }) =>
            void model.choose({ form: value === '' ? undefined : value })
          }
        >
          <option value="">{texts.allForms}</option>
          {forms.map(({ form, title }) => (
            <option key={form} value={form} selected={form === chosen}>
              {title ? `${form} · ${title}` : form}
            </option>
          ))}
        </select>
      </div>
    </>
  )
}

/** The count that a share is of. */
const wholes = { start: 'view', sent: 'start', accepted: 'sent', declined: 'sent' } as const

function Totals({ counts }: { readonly counts: Counts }) {
  const { texts: allTexts, formats } = useConsole()
  const { statistics: texts } = allTexts.value
  const names = ['view', 'start', 'sent', 'accepted', 'declined', 'waiting'] as const
  const shareOf = (name: keyof typeof wholes): string | undefined => {
    const whole = counts[wholes[name]]
    // Posts of other programs are sent without a start.
    return whole > 0 && counts[name] <= whole
      ? texts.shares[name](formats.value.percent(counts[name] / whole))
      : undefined
  }
  return (
    <dl class="totals">
      {names.map((name) => (
        <div key={name} class="panel">
          <dt>{texts.counts[name]}</dt>
          <dd>
            <strong>{formats.value.count(counts[name])}</strong>
            <span class="muted">{name === 'view' || name === 'waiting' ? '' : shareOf(name)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
