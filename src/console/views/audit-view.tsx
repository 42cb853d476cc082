import { useEffect, useMemo } from 'preact/hooks'
import { formatRoute } from '../access/routes.ts'
import { useConsole } from '../console-context.ts'
import { describeAction } from '../parts/audit-line.tsx'
import { FailurePanel } from '../parts/failure-panel.tsx'
import { Moment } from '../parts/moment.tsx'
import { ViewHeading } from '../parts/view-heading.tsx'
import { createAuditLog } from '../state/audit-log.ts'

/** Everything that users of the console have done. */
export function AuditView() {
  const { texts: allTexts, client } = useConsole()
  const { audit: texts, auditActions } = allTexts.value
  const log = useMemo(() => createAuditLog(client), [client])
  useEffect(() => void log.load(), [log])

  const { value: shown } = log.entries
  const { value: failure } = log.failure
  return (
    <div class="stack">
      <ViewHeading title={texts.title} />
      {failure && <FailurePanel failure={failure} onRetry={() => void log.load()} />}
      {shown && (
        <section class="panel" aria-label={texts.title}>
          {shown.length === 0 && <p class="empty">{texts.empty}</p>}
          {shown.length > 0 && (
            <table class="plain">
              <thead>
                <tr>
                  <th scope="col">{texts.columns.at}</th>
                  <th scope="col">{texts.columns.who}</th>
                  <th scope="col">{texts.columns.action}</th>
                  <th scope="col">{texts.columns.lead}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((entry, index) => (
                  <tr key={index}>
                    <td data-label={texts.columns.at}>
                      <Moment at={entry.at} />
                    </td>
                    <td>{entry.user}</td>
                    <td>{describeAction(entry, auditActions)}</td>
                    <td>
                      {entry.lead !== undefined && (
                        <a class="mono" href={formatRoute({ view: 'lead', id: entry.lead })}>
                          {entry.lead}
                        </a>
                      )}
                      {entry.leadHash !== undefined && <span class="muted">{texts.erasedLead}</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {log.hasMore.value && (
            <div class="more">
              <button type="button" class="button" onClick={() => void log.loadMore()}>
                {allTexts.value.list.more}
              </button>
            </div>
          )}
        </section>
      )}
    </div>
  )
}
