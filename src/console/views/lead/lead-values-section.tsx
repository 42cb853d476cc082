import { useConsole } from '../../console-context.ts'
import { Moment } from '../../parts/moment.tsx'
import type {
  AnsweredValues,
  LeadDetails,
  LeadRevisionDetails,
} from '../../../relay/http/admin/lead-answers.ts'
import type { LeadPageModel } from '../../state/lead-page.ts'

/** What the person entered: masked, or in clear once somebody has asked for it. */
export function LeadValuesSection({
  page,
  lead,
}: {
  readonly page: LeadPageModel
  readonly lead: LeadDetails
}) {
  const { texts: allTexts } = useConsole()
  const { lead: texts } = allTexts.value
  const latestFirst = [...lead.revisions].reverse()
  const [current, ...earlier] = latestFirst
  const shown = (revision: LeadRevisionDetails): AnsweredValues =>
    page.revealed.value?.revisions.find((one) => one.revision === revision.revision)?.values ??
    revision.values
  return (
    <section class="panel section">
      <h2>{texts.values}</h2>
      {current ? <Values values={shown(current)} /> : <p class="muted">{texts.noValues}</p>}
      {earlier.length > 0 && (
        <details class="request">
          <summary>
            {texts.revisions} ({earlier.length})
          </summary>
          {earlier.map((revision) => (
            <div key={revision.revision} class="delivery">
              <h3>
                {texts.revision(revision.revision)}{' '}
                <span class="muted">
                  <Moment at={revision.receivedAt} />
                </span>
              </h3>
              <Values values={shown(revision)} />
            </div>
          ))}
        </details>
      )}
    </section>
  )
}

function Values({ values }: { readonly values: AnsweredValues }) {
  const { formats } = useConsole()
  return (
    <dl class="values">
      {Object.entries(values).map(([name, value]) => (
        <div key={name}>
          <dt>{formats.value.field(name)}</dt>
          <dd>{formats.value.value(name, value)}</dd>
        </div>
      ))}
    </dl>
  )
}
