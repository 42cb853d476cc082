import type { DeliverableLead } from '../lead/lead.ts'
import { moscowDateTime } from '../lead/moscow-time.ts'

const names: Readonly<Record<string, string>> = {
  processing: 'СОПД',
  transfer: 'Согласие на передачу',
  advertising: 'Согласие на рекламу',
}

/** The consents of a lead, each with its version and the minute of receipt in Moscow, for providers without a field for them. */
export function consentLines({ consents, receivedAt }: DeliverableLead): readonly string[] {
  const minute = moscowDateTime(receivedAt).slice(0, 16)
  return consents.map(({ id, version }) => `${names[id] ?? `Согласие ${id}`} v${version} ${minute} мск`)
}
