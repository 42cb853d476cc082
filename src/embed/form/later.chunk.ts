import { effect } from '@preact/signals-core'
import { createFormActions, type FormActions, type FormContext } from '../../state/form-actions.ts'
import type { FieldText, FormTexts } from '../../i18n/texts.ts'
import type { Attribution } from '../../lead/attribution.ts'
import { withoutEntered } from '../../lead/entered-parameters.ts'
import type { Delivery, SendResult } from '../../lead/delivery.ts'
import type { LeadIdentity } from '../../lead/lead-identity.ts'
import type { Receiver } from '../../lead/receiver.ts'
import { isFinalOutcome } from '../../state/form-status.ts'
import offers from '../../themes/offers.css?inline'
import confirmed from '../../themes/on-demand/confirmed.css?inline'
import issues from '../../themes/on-demand/issues.css?inline'
import result from '../../themes/result.css?inline'
import type { ReviewComponent } from '../../ui/form-view.ts'
import { report } from '../options/report.ts'
import { collectLead } from '../../state/collect-lead.ts'
import type { PartialLeadsDeps } from '../on-demand/partial.chunk.ts'
import { noteAnswer } from '../connection/offline.ts'
import {
  forgetUnanswered,
  keepUnanswered,
  releaseUnanswered,
  type UnansweredLead,
} from '../connection/unanswered-lead.ts'
import { createFollowUps } from '../events/follow-up.ts'
import { russianFor } from '../language/russian.chunk.ts'
import { type ActionPortsOptions, createActionPorts } from './action-ports.ts'

/** Adds to the Russian texts of a form those that its first step does not need. What its relay has sent stays. */
export function completeTexts(texts: FormTexts, receiver: Receiver | undefined): void {
  const all = russianFor(receiver)
  Object.assign(texts, all, {
    fields: completeFieldTexts(all.fields, texts.fields),
    address: completeFieldTexts(all.address, texts.address),
    composites: { ...all.composites, ...texts.composites },
    options: { ...all.options, ...texts.options },
  })
}

type FieldTexts = Readonly<Record<string, FieldText>>

function completeFieldTexts(all: FieldTexts, known: FieldTexts): FieldTexts {
  const completed = Object.entries(all).map(([name, text]) => [name, { ...text, ...known[name] }])
  return { ...known, ...Object.fromEntries(completed) }
}

export { laterViews } from '../../ui/later-views.ts'
export { isOffline } from '../connection/offline.ts'

/** Loads the step that shows the answers. */
export async function loadReview(adopt: (css: string) => void): Promise<ReviewComponent> {
  const { Review, reviewCss } = await import('../on-demand/review.chunk.ts').catch((error: unknown) => {
    report('the step that shows the answers could not be loaded', error)
    throw error
  })
  adopt(reviewCss)
  return Review
}

/** Styles of what is shown after the first answers, and after an outcome. */
export const laterCss: string = issues + confirmed + result + offers

/** What the actions of a form of the page need, beside its context. */
export interface PageActionsOptions extends ActionPortsOptions {
  /** What is done when the form is closed. */
  readonly cleanups: (() => void)[]
}

/** Loads what stores partial leads, and starts it. Returns a function that ends it. */
function storePartialLeadsLater(context: FormContext, deps: PartialLeadsDeps): () => void {
  let stop: (() => void) | undefined
  let stopped = false
  import('../on-demand/partial.chunk.ts').then(
    ({ storePartialLeads }) => {
      if (!stopped) stop = storePartialLeads(context, deps)
    },
    (error: unknown) => report('what stores early leads could not be loaded', error),
  )
  return () => {
    stopped = true
    stop?.()
  }
}

/**
 * A delivery through a relay. While a request is unanswered, a reload can learn what became of its lead, and so can the next
 * form of the page after this one is removed: nobody sees an answer that comes later, so the lead stays in the tab.
 */
function keepWhileUnanswered(
  delivery: Delivery,
  relay: string,
  { clears, startedLead }: FormContext['submission'],
  cleanups: (() => void)[],
): Delivery {
  const ids = new Set<string>()
  let isClosed = false
  // Who begins again does not wait for it. The next person must not find it.
  const stop = effect(() => {
    if (clears.value > 0) for (const id of ids) forgetUnanswered(relay, id)
  })
  cleanups.push(() => {
    isClosed = true
    stop()
    for (const id of ids) releaseUnanswered(id)
  })
  async function keep(
    lead: LeadIdentity,
    kind: Omit<UnansweredLead, keyof LeadIdentity>,
    request: () => Promise<SendResult>,
  ): Promise<SendResult> {
    const { id, key } = lead
    ids.add(id)
    keepUnanswered(relay, { id, key, ...kind })
    if (isClosed) releaseUnanswered(id)
    const result = await request()
    if (result.outcome !== 'failed' || result.code !== 'network') noteAnswer()
    if (isClosed) return result
    // After a failure of the server nobody knows whether an earlier request has arrived.
    if (result.outcome !== 'failed' || !/^network$|^status-[25]/.test(result.code))
      forgetUnanswered(relay, id)
    return result
  }
  return {
    send(lead, signal) {
      const submittedAt = new Date(lead.page.submittedAt)
      return keep(lead, { isCode: false, submittedAt }, () => delivery.send(lead, signal))
    },
    confirm(lead, code) {
      const submittedAt = startedLead()?.submittedAt
      return keep(lead, { isCode: true, submittedAt }, () => delivery.confirm(lead, code))
    },
  }
}

/** Creates the actions of a form of the page. Loaded on demand, once a person is in the form. */
export function createPageActions(
  context: FormContext,
  { cleanups, ...portsOptions }: PageActionsOptions,
): FormActions {
  const { options, dispatcher, page, relay } = portsOptions
  const { submission, consents, definition } = context
  const { status } = submission
  const ports = createActionPorts({
    ...portsOptions,
    delivery:
      relay === undefined
        ? portsOptions.delivery
        : keepWhileUnanswered(portsOptions.delivery, relay, submission, cleanups),
  })
  let sent: Attribution | undefined
  const actions = createFormActions(context, {
    ...ports,
    send(lead, signal) {
      sent = lead.attribution
      return ports.send(lead, signal)
    },
    followOutcome: createFollowUps({
      definition,
      options,
      dispatcher,
      // After a reload of the page nobody knows what the person has entered.
      attribution: () => sent ?? withoutEntered(page.attribution(), undefined),
      isShown: () => isFinalOutcome(status.peek()),
    }),
  })
  if (definition.partial && relay !== undefined)
    cleanups.push(
      storePartialLeadsLater(context, {
        relay,
        isValid: actions.isValid,
        collect: (identity, values) =>
          collectLead(identity, values, consents.states(), submission.startedLead()?.startedAt, ports),
      }),
    )
  // Who comes next to this device must not find the answers.
  addEventListener('pagehide', actions.forget)
  cleanups.push(() => {
    actions.followUp()?.stay()
    removeEventListener('pagehide', actions.forget)
  })
  return actions
}
