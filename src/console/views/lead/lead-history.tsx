import { useConsole } from '../../console-context.ts'
import { AuditLine } from '../../parts/audit-line.tsx'
import { Moment } from '../../parts/moment.tsx'
import type { LeadDetails } from '../../../relay/http/admin/lead-answers.ts'
import type { LeadPageModel } from '../../state/lead-page.ts'

/** Where the person came from. */
export function SourceSection({ page, lead }: { readonly page: LeadPageModel; readonly lead: LeadDetails }) {
  const { texts: allTexts } = useConsole()
  const { lead: texts } = allTexts.value
  const latest = lead.revisions[lead.revisions.length - 1]
  const revealed = page.revealed.value?.revisions.find(({ revision }) => revision === latest?.revision)
  const parameters = Object.entries(latest?.attribution ?? {}).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[name, value] as const]
      : Object.entries(value).map(([inner, text]) => [`${name}.${inner}`, text] as const),
  )
  return (
    <section class="panel section">
      <h2>{texts.source}</h2>
      <dl class="facts">
        <dt>{texts.form}</dt>
        <dd>{lead.form}</dd>
        <dt>{texts.received}</dt>
        <dd>
          <Moment at={lead.receivedAt} />
        </dd>
        {latest && (
          <>
            <dt>{texts.page}</dt>
            <dd>{latest.page.url}</dd>
            {latest.page.variant !== undefined && (
              <>
                <dt>{texts.variant}</dt>
                <dd>{latest.page.variant}</dd>
              </>
            )}
          </>
        )}
        {parameters.map(([name, value]) => (
          <>
            <dt class="mono">{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
        {revealed?.address !== undefined && (
          <>
            <dt>{texts.address}</dt>
            <dd>{revealed.address}</dd>
          </>
        )}
        {revealed?.userAgent !== undefined && (
          <>
            <dt>{texts.browser}</dt>
            <dd>{revealed.userAgent}</dd>
          </>
        )}
        {lead.step !== undefined && (
          <>
            <dt>{texts.step}</dt>
            <dd>{lead.step}</dd>
          </>
        )}
        {lead.suspicions && lead.suspicions.length > 0 && (
          <>
            <dt>{texts.suspicions}</dt>
            <dd>{lead.suspicions.map((code) => allTexts.value.suspicions[code] ?? code).join(', ')}</dd>
          </>
        )}
        <dt>{texts.id}</dt>
        <dd class="mono">{lead.id}</dd>
      </dl>
    </section>
  )
}

/** Notifications and postbacks. */
export function MessagesSection({ lead }: { readonly lead: LeadDetails }) {
  const { texts: allTexts } = useConsole()
  const { lead: texts, messageKinds, messageStates } = allTexts.value
  if (lead.messages.length === 0) return null
  return (
    <section class="panel section">
      <h2>{texts.messages}</h2>
      <ul class="line-list">
        {lead.messages.map(({ kind, receiver, event, state, createdAt, reason }) => (
          <li key={`${kind} ${receiver} ${event} ${createdAt}`}>
            {messageKinds[kind]} {receiver} <span class="mono">{event}</span>: {messageStates[state]}{' '}
            <span class="muted">
              <Moment at={createdAt} />
              {reason !== undefined && ` — ${reason}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Who has looked at the lead, and what they did. */
export function AuditSection({ lead }: { readonly lead: LeadDetails }) {
  const { texts: allTexts } = useConsole()
  const { lead: texts } = allTexts.value
  return (
    <section class="panel section">
      <h2>{texts.audit}</h2>
      {lead.audit.length === 0 && <p class="muted">{texts.noAudit}</p>}
      <ul class="line-list">
        {lead.audit.map((entry) => (
          <li key={`${entry.at} ${entry.action}`}>
            <AuditLine entry={entry} />{' '}
            <span class="muted">
              <Moment at={entry.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
