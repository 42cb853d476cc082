import { isAttributionParameter } from '../../../lead/attribution.ts'
import { formatLeadNumber } from '../../../lead/lead-number.ts'
import type { LeadNotice, MessageReceiver, Subscription } from '../receiver.ts'
import { callReceiver, readCallResult } from './send-call.ts'

/** The names under which trackers and affiliate networks give their click ids. The first filled one is `{clickid}`. */
export const clickIdNames = [
  'clickid',
  'click_id',
  'subid',
  'sub_id',
  'aff_sub',
  'aff_sub1',
  'aff_sub2',
  'aff_sub3',
  'aff_sub4',
  'aff_sub5',
  'sub1',
  'sub2',
  'sub3',
  'sub4',
  'sub5',
  'transaction_id',
] as const

/** The macros of a postback that are no attribution parameters. */
export const postbackMacros = ['clickid', 'status', 'payout', 'lead', 'leadId', 'number', 'form'] as const

/** A macro in the address of a postback. */
export const macroPattern = /\{([^{}]*)\}/g

/** Whether a postback can have this macro: never a value. */
export function isPostbackMacro(name: string): boolean {
  return postbackMacros.some((macro) => macro === name) || isAttributionParameter(name)
}

/** An address that is called once for each change of a status. */
export interface PostbackOptions {
  readonly url: string
  /** Whether a call that got no answer is repeated. */
  readonly repeat: boolean
  readonly allowPrivate: boolean
}

/** Creates a receiver of postbacks: the server-to-server calls of trackers. */
export function createPostbackReceiver(
  subscription: Subscription,
  { url, repeat, allowPrivate }: PostbackOptions,
): MessageReceiver {
  return {
    ...subscription,
    channel: 'postback',
    hasDigests: false,
    repeats: repeat,
    concurrency: 4,
    async send({ notices: [notice] }, deps) {
      if (!notice) return { result: 'sent' }
      const request = { method: 'GET', url: fillMacros(url, notice), headers: {} } as const
      const answer = await callReceiver(request, !allowPrivate, deps)
      return readCallResult(answer, deps, { redirectIsDone: true })
    },
  }
}

/** The address of a postback with its macros replaced. */
export function fillMacros(url: string, notice: LeadNotice): string {
  return url.replace(macroPattern, (_, name: string) => encodeURIComponent(valueOf(name, notice)))
}

function valueOf(name: string, { lead, form, event, details, attribution }: LeadNotice): string {
  switch (name) {
    case 'clickid':
      return clickIdNames.map((each) => attribution[each] ?? '').find((text) => text !== '') ?? ''
    case 'status':
      return event
    case 'payout':
      return details.payout ?? ''
    case 'lead':
    case 'leadId':
      return lead
    case 'number':
      return formatLeadNumber(lead)
    case 'form':
      return form
    default:
      return attribution[name] ?? ''
  }
}
