import { useConsole } from '../../console-context.ts'
import { Moment } from '../../parts/moment.tsx'
import type { LeadConsent, LeadDetails } from '../../../relay/http/admin/lead-answers.ts'

/** The documents that the person has agreed to, with their receipts. */
export function LeadConsents({ lead }: { readonly lead: LeadDetails }) {
  const { texts: allTexts } = useConsole()
  const { lead: texts } = allTexts.value
  const consents = lead.revisions[lead.revisions.length - 1]?.consents ?? []
  return (
    <section class="panel section">
      <h2>{texts.consents}</h2>
      {consents.length === 0 && <p class="muted">{texts.noConsents}</p>}
      {consents.map((consent) => (
        <Consent key={consent.id} consent={consent} />
      ))}
    </section>
  )
}

function Consent({ consent }: { readonly consent: LeadConsent }) {
  const { texts: allTexts } = useConsole()
  const { lead: texts, consentNames } = allTexts.value
  const { id, documentUrl, version, acceptedAt, receipt } = consent
  const known: Readonly<Record<string, string>> = consentNames
  return (
    <div class="delivery">
      <h3>{known[id] ?? id}</h3>
      <dl class="facts">
        <dt>{texts.acceptedAt}</dt>
        <dd>
          <Moment at={acceptedAt} />
        </dd>
        <dt>{texts.document}</dt>
        <dd>
          <a href={documentUrl} target="_blank" rel="noopener noreferrer">
            {texts.version} {version}
          </a>
        </dd>
        <dt>{texts.receipt}</dt>
        <dd>
          {receipt ? (
            <>
              № {receipt.number}
              {receipt.batch !== undefined && `, ${texts.chained(receipt.batch)}`}
              {receipt.recipients && receipt.recipients.length > 0 && (
                <div class="muted">
                  {texts.recipients}: {receipt.recipients.join(', ')}
                </div>
              )}
              {receipt.digest !== undefined && (
                <details>
                  <summary>SHA-256</summary>
                  <code>{receipt.digest}</code>
                </details>
              )}
            </>
          ) : (
            <span class="muted">{texts.receiptMissing}</span>
          )}
        </dd>
      </dl>
    </div>
  )
}
