import { useEffect, useMemo } from 'preact/hooks'
import { formatRoute } from '../access/routes.ts'
import { useConsole } from '../console-context.ts'
import { FailurePanel } from '../parts/failure-panel.tsx'
import { Moment } from '../parts/moment.tsx'
import { StatusBadge } from '../parts/status-badge.tsx'
import { ViewHeading } from '../parts/view-heading.tsx'
import { createHealthModel, type DestinationCondition } from '../state/health-report.ts'
import type { ConsoleTexts } from '../texts/ru.ts'

const conditionTones = { ok: 'good', degraded: 'warn', down: 'bad' } as const

/** The state of the relay, and what to do about each destination. */
export function HealthView() {
  const { texts: allTexts, client } = useConsole()
  const texts = allTexts.value.health
  const health = useMemo(() => createHealthModel(client), [client])
  useEffect(() => void health.load(), [health])

  const { value: shown } = health.condition
  const { value: failure } = health.failure
  // The table says what concerns a destination.
  const other = (shown?.reasons ?? []).filter(
    (reason) =>
      !shown?.destinations.some(({ form, destination }) => reason.startsWith(`${form}/${destination}:`)),
  )
  return (
    <div class="stack">
      <ViewHeading title={texts.title}>
        {shown && <StatusBadge tone={conditionTones[shown.status]} text={texts.statuses[shown.status]} />}
        <span class="spread" />
        {shown && (
          <span class="muted">
            {texts.version} {shown.version}
          </span>
        )}
        <button type="button" class="button" onClick={() => void health.load()}>
          {allTexts.value.list.refresh}
        </button>
      </ViewHeading>
      {failure && <FailurePanel failure={failure} onRetry={() => void health.load()} />}
      {shown && (
        <section class="panel" aria-label={texts.destinations}>
          {shown.destinations.length === 0 ? (
            <p class="empty">{texts.noDestinations}</p>
          ) : (
            <DestinationTable destinations={shown.destinations} />
          )}
        </section>
      )}
      {other.length > 0 && (
        <section class="panel section">
          <h2>{texts.reasons}</h2>
          <ul class="line-list" lang="en">
            {other.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

const counted = ['waiting', 'failed', 'uncertain', 'refused'] as const
/** The statuses of leads that a count leads to. */
const statusOfCount = {
  waiting: 'queued',
  failed: 'failed',
  uncertain: 'uncertain',
  refused: 'queued',
} as const

function DestinationTable({ destinations }: { readonly destinations: readonly DestinationCondition[] }) {
  const { texts: allTexts } = useConsole()
  const texts = allTexts.value.health
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">{texts.columns.destination}</th>
          {counted.map((name) => (
            <th key={name} scope="col" class="amount">
              {texts.columns[name]}
            </th>
          ))}
          <th scope="col">{texts.columns.success}</th>
          <th scope="col">{texts.columns.advice}</th>
        </tr>
      </thead>
      <tbody>
        {destinations.map((row) => (
          <tr key={`${row.form} ${row.destination}`}>
            <th scope="row">
              {row.destination} <span class="muted">{row.form}</span>
            </th>
            {counted.map((name) => (
              <td key={name} class="amount" data-label={texts.columns[name]}>
                {row[name] > 0 ? (
                  <a
                    href={formatRoute({
                      view: 'leads',
                      filters: { form: row.form, status: statusOfCount[name], destination: row.destination },
                    })}
                  >
                    {row[name]}
                  </a>
                ) : (
                  <span class="muted">0</span>
                )}
              </td>
            ))}
            <td data-label={texts.columns.success}>
              {row.lastSuccess === undefined ? (
                <span class="muted">{texts.never}</span>
              ) : (
                <Moment at={row.lastSuccess} />
              )}
            </td>
            <td data-label={texts.columns.advice}>
              {adviceFor(row, texts).map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
              {row.lastFailure && row.lastFailure.at > (row.lastSuccess ?? '') && (
                <p class="muted">
                  {texts.lastFailure}: <Moment at={row.lastFailure.at} />, {row.lastFailure.reason}
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A delivery that waits for longer wants somebody's attention. */
const longSeconds = 15 * 60

/** What to do about a destination, the most urgent first. */
function adviceFor(row: DestinationCondition, { advice, fine }: ConsoleTexts['health']): readonly string[] {
  const oldest = row.oldestWaitingSeconds ?? 0
  const sentences = [
    ...(row.refused > 0 ? [advice.refused] : []),
    ...(row.uncertain > 0 ? [advice.uncertain] : []),
    ...(row.failed > 0 ? [advice.failed] : []),
    ...(row.unreadable > 0 ? [advice.unreadable] : []),
    ...(oldest > longSeconds ? [advice.waiting(Math.floor(oldest / 60))] : []),
    ...(row.pausedSeconds !== undefined ? [advice.paused(row.pausedSeconds)] : []),
  ]
  return sentences.length > 0 ? sentences : [fine]
}
