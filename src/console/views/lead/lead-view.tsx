import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { useHotkeys } from '../../access/hotkeys.ts'
import { useConsole } from '../../console-context.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { Icon } from '../../parts/icon.tsx'
import { StatusBadge, statusTones } from '../../parts/status-badge.tsx'
import { ViewHeading } from '../../parts/view-heading.tsx'
import { createLeadPage } from '../../state/lead-page.ts'
import { LeadActions } from './lead-actions.tsx'
import { LeadConsents } from './lead-consents.tsx'
import { LeadDeliveries } from './lead-deliveries.tsx'
import { AuditSection, MessagesSection, SourceSection } from './lead-history.tsx'
import { LeadValuesSection } from './lead-values-section.tsx'

/** The page of one lead: what was entered, where it went and why, and what can be done. */
export function LeadView({ id }: { readonly id: string }) {
  const { client, session, navigation, texts: allTexts } = useConsole()
  const page = useMemo(() => createLeadPage(client, session, id), [client, session, id])
  const view = useRef<HTMLDivElement>(null)
  useEffect(() => void page.load(), [page])
  useLayoutEffect(() => page.watchSession(), [page])
  useHotkeys({ Escape: () => navigation.backToList() }, view)

  const { value: lead } = page.lead
  const { value: failure } = page.failure
  const texts = allTexts.value.lead
  return (
    <div class="stack" ref={view}>
      <p>
        <a
          class="back"
          href="#/leads"
          onClick={(event) => {
            event.preventDefault()
            navigation.backToList()
          }}
        >
          <Icon name="back" />
          {texts.back}
        </a>
      </p>
      {failure && <FailurePanel failure={failure} onRetry={() => void page.load()} />}
      {!lead && !failure && <p class="empty">{allTexts.value.loading}</p>}
      {lead && (
        <>
          <ViewHeading title={texts.title(lead.number)}>
            <StatusBadge tone={statusTones[lead.status]} text={allTexts.value.statuses[lead.status].label} />
            <span class="muted">{lead.person}</span>
            <span class="spread" />
            <LeadActions page={page} lead={lead} view={view} />
          </ViewHeading>
          <p class="notice" data-tone={statusTones[lead.status]}>
            <span>{allTexts.value.statuses[lead.status].advice}</span>
          </p>
          <div class="columns">
            <div class="stack">
              <LeadDeliveries page={page} lead={lead} />
              <LeadValuesSection page={page} lead={lead} />
            </div>
            <div class="stack">
              <LeadConsents lead={lead} />
              <SourceSection page={page} lead={lead} />
              <MessagesSection lead={lead} />
              <AuditSection lead={lead} />
            </div>
          </div>
        </>
      )}
    </div>
  )
}
