import { confirmCode, sendLead } from '../delivery/relay-client.ts'
import type { Delivery } from '../lead/delivery.ts'
import type { AnyOptions } from './options/options.ts'

/** How a form's leads leave the page. */
export function createDelivery({ relay = '' }: AnyOptions): Delivery {
  const call = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)
  return {
    send: (lead) => sendLead(relay, lead, call),
    confirm: (lead, code) => confirmCode(relay, lead, code, call),
  }
}
