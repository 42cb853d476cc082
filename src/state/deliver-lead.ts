import type { Lead } from '../lead/lead.ts'
import type { SendResult } from '../lead/send-result.ts'
import type { FormPorts } from './form-ports.ts'

/** Sends a lead that is being put together, unless the page stops it. Never throws. */
export async function deliverLead(lead: Promise<Lead>, ports: FormPorts): Promise<SendResult> {
  try {
    const whole = await lead
    return (await ports.beforeSubmit(whole))
      ? await ports.send(whole)
      : { outcome: 'failed', code: 'cancelled' }
  } catch {
    return { outcome: 'failed', code: 'unexpected' }
  }
}
