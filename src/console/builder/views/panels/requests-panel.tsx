import { useBuilder } from '../../builder-context.ts'
import type { PreviewAnswer, PreviewedDestination } from '../../../../relay/http/admin/forms/form-answers.ts'
import { PanelFrame } from './panel-frame.tsx'

/** The exact requests that the destinations would get, with their credentials masked. */
export function RequestsPanel({
  answer,
  problems,
  onClose,
}: {
  readonly answer: PreviewAnswer | undefined
  readonly problems: readonly string[]
  readonly onClose: () => void
}) {
  const { texts: allTexts } = useBuilder()
  const texts = allTexts.value.test
  return (
    <PanelFrame title={texts.title} onClose={onClose}>
      <p class="muted">{texts.note}</p>
      {problems.length > 0 && (
        <div class="notice" data-tone="bad" role="alert">
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {answer && answer.issues.length > 0 && <IssueList title={texts.issues} issues={answer.issues} />}
      {answer?.destinations.length === 0 && <p>{texts.none}</p>}
      {answer?.destinations.map((destination) => (
        <DestinationPreview key={destination.destination} destination={destination} />
      ))}
    </PanelFrame>
  )
}

function DestinationPreview({ destination }: { readonly destination: PreviewedDestination }) {
  const { texts: allTexts } = useBuilder()
  const texts = allTexts.value.test
  const { request, issues, passedOver, failedPrecondition } = destination
  return (
    <div class="stack">
      <h3>
        {destination.provider} <span class="mono muted">{destination.destination}</span>
      </h3>
      {passedOver !== undefined && <p class="bad-text">{texts.passedOver}</p>}
      {failedPrecondition !== undefined && (
        <p class="bad-text">
          {texts.notCalled} {failedPrecondition}
        </p>
      )}
      {issues.length > 0 && <IssueList title={texts.notCalled} issues={issues} />}
      {request && (
        <pre>
          {[
            `${request.method} ${request.url}`,
            ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
            '',
            formatBody(request.body),
          ].join('\n')}
        </pre>
      )}
    </div>
  )
}

function IssueList({ title, issues }: { readonly title: string; readonly issues: PreviewAnswer['issues'] }) {
  return (
    <div class="notice" data-tone="warn">
      <div>
        <p>{title}</p>
        <ul>
          {issues.map(({ field, message }) => (
            <li key={field}>
              {field}: {message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** JSON is indented, the fields of a form are one a line. */
function formatBody(body = ''): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2)
  } catch {
    return [...new URLSearchParams(body)].map(([name, value]) => `${name}=${value}`).join('\n')
  }
}
