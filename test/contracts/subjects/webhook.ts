import type { WebhookConfig } from '../../../src/providers/webhook/config.ts'
import { webhook } from '../../../src/providers/webhook/index.ts'
import type { ContractSubject } from '../support/contract-subject.ts'

const secret = `whsec_${Buffer.from('an invented secret of forty bytes, no less').toString('base64')}`

const refused = (status: number) => ({ outcome: 'refused', reason: `status ${status}` })
const unavailable = (status: number, mayHaveArrived: boolean) => ({
  outcome: 'unavailable',
  reason: `status ${status}`,
  mayHaveArrived,
})

/** A webhook. It has no parameters: it sends the lead as it is. */
export const webhookSubject: ContractSubject<WebhookConfig> = {
  title: 'webhook',
  provider: webhook,
  options: { name: 'crm', url: { secret: 'https://crm.example.ru/hooks/invented-path' }, secret },
  credentials: [secret, 'https://crm.example.ru/hooks/invented-path', 'invented-path'],
  document: [],
  sent: () => [],
  outcomes: {
    '200-accepted': { outcome: 'accepted', providerId: 'crm-17' },
    '200-accepted-by-number': { outcome: 'accepted', providerId: '17' },
    '200-html': { outcome: 'accepted' },
    '204-nothing': { outcome: 'accepted' },
    '302-redirect': refused(302),
    '400-bad-request': refused(400),
    '401-unauthorized': refused(401),
    '410-gone': { outcome: 'declined', reason: 'status 410' },
    '422-wrong-field': refused(422),
    '429-too-many-requests': unavailable(429, false),
    '500-html': unavailable(500, true),
    '503-unavailable': unavailable(503, true),
  },
  saysAccepted: (_, status) => status >= 200 && status < 300,
}
