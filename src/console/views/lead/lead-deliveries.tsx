import { useConsole } from '../../console-context.ts'
import { deliveryTones, outcomeTones, StatusBadge } from '../../parts/status-badge.tsx'
import { Moment } from '../../parts/moment.tsx'
import type {
  LeadAttempt,
  LeadDeliveryDetails,
  LeadDetails,
  MaskedRequest,
} from '../../../relay/http/admin/lead-answers.ts'
import type { LeadPageModel } from '../../state/lead-page.ts'

/** Each destination with its attempts, and the rules' decisions. */
export function LeadDeliveries({ page, lead }: { readonly page: LeadPageModel; readonly lead: LeadDetails }) {
  const { texts: allTexts } = useConsole()
  const { lead: texts, rules } = allTexts.value
  return (
    <section class="panel section">
      <h2>{texts.deliveries}</h2>
      {lead.deliveries.length === 0 && <p class="muted">{texts.noDeliveries}</p>}
      {lead.deliveries.map((delivery) => (
        <Delivery
          key={`${delivery.destination} ${delivery.revision}`}
          page={page}
          delivery={delivery}
          isOnly={lead.deliveries.length === 1}
        />
      ))}
      {lead.decisions.length > 0 && (
        <div class="delivery">
          <h3>{texts.routing}</h3>
          <ul class="line-list">
            {lead.decisions.map(({ destination, rule, decidedAt, revision }) => (
              <li key={`${destination} ${rule} ${decidedAt} ${revision}`}>
                <strong>{destination}</strong>: {rules[rule]}{' '}
                <span class="muted">
                  <Moment at={decidedAt} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function Delivery({
  page,
  delivery,
  isOnly,
}: {
  readonly page: LeadPageModel
  readonly delivery: LeadDeliveryDetails
  readonly isOnly: boolean
}) {
  const { texts: allTexts, session, notices, formats, showFailure } = useConsole()
  const { lead: texts, outcomes, deliveries, progress } = allTexts.value
  const { destination, status, outcome, words = [], fields = [], request } = delivery
  const canWork = session.permits('work')
  // What an attempt says is there already.
  const isOwn = (sentence: string): boolean =>
    !delivery.attempts.some(({ reason }) => reason === sentence && readFailure(sentence))
  // An outcome says more, unless something else came of it: a failure, or a pause.
  const isDecided = status === 'decided' && outcome !== undefined
  const label = isDecided ? outcomes[outcome] : deliveries[status]
  const tone = isDecided ? outcomeTones[outcome] : deliveryTones[status]

  async function resolve(arrived: boolean): Promise<void> {
    const answer = await page.resolve({ destination, arrived })
    if (!('value' in answer)) showFailure(answer.failure)
    else notices.show({ tone: 'good', text: arrived ? texts.resolved.arrived : texts.resolved.notArrived })
  }

  async function resend(): Promise<void> {
    const answer = await page.retry(destination)
    if (!('value' in answer)) showFailure(answer.failure)
    else notices.show({ tone: 'good', text: texts.resent(answer.value.retried.join(', ')) })
  }

  return (
    <div class="delivery">
      <div class="section-heading">
        <h3>{destination}</h3>
        <StatusBadge tone={tone} text={label} />
        {delivery.providerId !== undefined && (
          <span class="muted">
            {texts.providerId}: <span class="mono">{delivery.providerId}</span>
          </span>
        )}
        <span class="spread" />
        {canWork && delivery.canRetry && !isOnly && (
          <button
            type="button"
            class="button"
            aria-label={texts.resendTo(destination)}
            onClick={() => void resend()}
          >
            {texts.resend}
          </button>
        )}
      </div>
      {canWork && delivery.canResolve && (
        <div class="notice" data-tone="warn">
          <p>{texts.resolveHint}</p>
          <div class="actions">
            <button type="button" class="button" onClick={() => void resolve(true)}>
              {texts.arrived}
            </button>
            <button type="button" class="button" onClick={() => void resolve(false)}>
              {texts.notArrived}
            </button>
          </div>
        </div>
      )}
      {words.filter(isOwn).map((sentence) => (
        <blockquote key={sentence} class="words">
          {sentence}
        </blockquote>
      ))}
      {fields.length > 0 && (
        <p>
          {texts.refusedFields}: {fields.map((name) => formats.value.field(name)).join(', ')}
        </p>
      )}
      {delivery.blockedUntil !== undefined && (
        <p class="muted">
          {texts.blockedUntil} <Moment at={delivery.blockedUntil} />
        </p>
      )}
      {delivery.attempts.length === 0 ? (
        <p class="muted">{texts.noAttempts}</p>
      ) : (
        <ol class="attempts" aria-label={texts.attempts}>
          {delivery.attempts.map((attempt) => (
            <Attempt key={`${attempt.revision} ${attempt.number}`} attempt={attempt} />
          ))}
        </ol>
      )}
      {delivery.progress.length > 0 && (
        <>
          <h4>{texts.progress}</h4>
          <ul class="line-list">
            {delivery.progress.map(({ seenAt, receivers }) => (
              <li key={seenAt}>
                <span class="muted">
                  <Moment at={seenAt} />
                </span>{' '}
                {receivers
                  .map(
                    ({ receiver, status: state, orderId }) =>
                      `${receiver}: ${progress[state]}${orderId === undefined ? '' : ` (${orderId})`}`,
                  )
                  .join('; ')}
              </li>
            ))}
          </ul>
        </>
      )}
      {request && <RequestDetails request={request} />}
    </div>
  )
}

function Attempt({ attempt }: { readonly attempt: LeadAttempt }) {
  const { texts: allTexts } = useConsole()
  const { lead: texts, outcomes } = allTexts.value
  const { outcome, reason, startedAt, mayHaveArrived, operation } = attempt
  const failure = readFailure(reason)
  return (
    <li>
      <span class="muted">
        <Moment at={startedAt} />
      </span>
      <span>
        {outcome === undefined ? texts.running : outcomes[outcome]}
        {operation === 'confirm' && ` · ${texts.confirmation}`}
        {mayHaveArrived === true && outcome !== 'uncertain' && ` · ${texts.mayHaveArrived}`}
        {reason !== undefined && <span class="muted"> — {failure ? texts.noAnswer[failure] : reason}</span>}
      </span>
    </li>
  )
}

/** Why there was no answer, as the adapters write it; `undefined` for what a destination says itself. */
function readFailure(reason = ''): 'timeout' | 'network' | 'aborted' | undefined {
  const [, failure] = /^no answer: (\w+)$/.exec(reason) ?? []
  return (['timeout', 'network', 'aborted'] as const).find((known) => known === failure)
}

function RequestDetails({ request }: { readonly request: MaskedRequest }) {
  const { texts: allTexts } = useConsole()
  const { lead: texts } = allTexts.value
  const head = [
    `${request.method} ${request.url}`,
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
  ].join('\n')
  return (
    <details class="request">
      <summary>{texts.request}</summary>
      <p class="muted">{texts.requestNote}</p>
      <pre>{request.body === undefined ? head : `${head}\n\n${indentJson(request.body)}`}</pre>
    </details>
  )
}

/** JSON in lines of its own; any other text as it is. */
function indentJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
