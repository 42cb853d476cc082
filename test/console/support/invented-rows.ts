import { formatLeadNumber } from '../../../src/lead/lead-number.ts'
import type {
  AnsweredValues,
  LeadDeliveryDetails,
  LeadDetails,
  LeadStatusName,
} from '../../../src/relay/http/admin/lead-answers.ts'

/** A lead of the fake relay, with its values in clear. */
export interface InventedLeadDetails {
  lead: LeadDetails
  readonly clear: AnsweredValues
}

const cases: readonly {
  readonly status: LeadStatusName
  readonly lastName: string
  readonly phone: string
  readonly form: string
}[] = [
  { status: 'uncertain', lastName: 'Вымыслова', phone: '+79000000001', form: 'main' },
  { status: 'failed', lastName: 'Небывалов', phone: '+79000000002', form: 'main' },
  { status: 'accepted', lastName: 'Придуманова', phone: '+79000000003', form: 'main' },
  { status: 'queued', lastName: 'Сочинёнов', phone: '+79000000004', form: 'callback' },
  { status: 'declined', lastName: 'Ненастоящий', phone: '+79000000005', form: 'main' },
  { status: 'accepted', lastName: 'Условная', phone: '+79000000006', form: 'callback' },
  { status: 'verification', lastName: 'Примерова', phone: '+79000000007', form: 'main' },
  { status: 'invalid', lastName: 'Образцов', phone: '+79000000008', form: 'main' },
  { status: 'duplicate', lastName: 'Повторова', phone: '+79000000003', form: 'main' },
  { status: 'stored', lastName: 'Хранимов', phone: '+79000000009', form: 'archive' },
  { status: 'partial', lastName: 'Незакончин', phone: '+79000000010', form: 'main' },
]

const problems = { uncertain: 'uncertain', failed: 'refused', queued: 'waiting' } as const

/** Leads of every status, the latest first. */
export function createInventedLeads(count = cases.length): readonly InventedLeadDetails[] {
  return Array.from({ length: count }, (_, index) => createLead(index))
}

function createLead(index: number): InventedLeadDetails {
  const { status, lastName, phone, form } = cases[index % cases.length] ?? {
    status: 'queued',
    lastName: 'Вымыслова',
    phone: '+79000000001',
    form: 'main',
  }
  const at = (minutes: number) => new Date(Date.UTC(2026, 10, 28, 9, 30) - (index * 37 - minutes) * 60_000)
  const random = ((index + 1) * 0x9e3779b1).toString(16).padStart(12, '0').slice(-12)
  const id = `019a9999-0000-7000-8000-${random}`
  const amount = 10_000 + (index % 9) * 5000
  const clear: AnsweredValues = {
    amount,
    termDays: 14,
    lastName,
    firstName: 'Инна',
    phone,
    email: `person-${index}@example.ru`,
    city: 'Тюмень',
  }
  const masked: AnsweredValues = {
    amount,
    termDays: 14,
    lastName: `${lastName.slice(0, 1)}…`,
    firstName: 'И…',
    phone: maskPhone(phone),
    email: 'p…@example.ru',
    city: 'Тюмень',
  }
  const problem = status in problems ? problems[toProblemStatus(status)] : undefined
  const deliveries = status === 'stored' || status === 'partial' ? [] : [createDelivery(status, at)]
  return {
    clear,
    lead: {
      id,
      number: formatLeadNumber(id),
      form,
      status,
      receivedAt: at(0).toISOString(),
      person: `${lastName.slice(0, 1)}… И., ${maskPhone(phone)}`,
      amount,
      ...(deliveries[0] ? { destination: deliveries[0].destination } : {}),
      ...(problem ? { problem } : {}),
      revision: 1,
      revisions: [
        {
          revision: 1,
          receivedAt: at(0).toISOString(),
          values: masked,
          consents: ['processing', 'transfer'].map((consent, position) => ({
            id: consent,
            documentUrl: `https://landing.example.ru/${consent}.html`,
            version: '2026-09-01',
            acceptedAt: at(0).toISOString(),
            receipt: {
              number: index * 2 + position + 1,
              recipients: ['Дэвтек'],
              digest: '4f'.repeat(32),
              batch: 12,
            },
          })),
          attribution: { utm_source: 'vk', utm_campaign: 'autumn', subId1: 'landing-7' },
          page: {
            url: 'https://landing.example.ru/loan',
            startedAt: at(-4).toISOString(),
            submittedAt: at(0).toISOString(),
            variant: 'b',
          },
          widget: '0.1.0',
        },
      ],
      deliveries,
      decisions: deliveries.map(({ destination }) => ({
        revision: 1,
        destination,
        rule: 'chosen',
        decidedAt: at(0).toISOString(),
      })),
      messages:
        status === 'accepted'
          ? [
              {
                kind: 'postback',
                receiver: 'tracker.example',
                event: 'accepted',
                state: 'sent',
                attempts: 1,
                createdAt: at(1).toISOString(),
              },
            ]
          : [],
      audit: [],
    },
  }
}

function toProblemStatus(status: LeadStatusName): keyof typeof problems {
  return status === 'uncertain' || status === 'failed' ? status : 'queued'
}

function maskPhone(phone: string): string {
  return `+7 900 ***-**-${phone.slice(-2)}`
}

/** A delivery that gives a lead its status. */
function createDelivery(status: LeadStatusName, at: (minutes: number) => Date): LeadDeliveryDetails {
  const common = {
    destination: 'devtek',
    provider: 'devtek',
    revision: 1,
    running: false,
    mayHaveArrived: status === 'uncertain',
    queuedAt: at(0).toISOString(),
    canRetry: status === 'failed' || status === 'queued',
    canResolve: status === 'uncertain',
    progress: [],
    request: {
      method: 'POST',
      url: 'https://devtek.example/api/new-lead?id_webmaster=123',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ***' },
      body: '{"phone":"7900*****01","last_name":"В…","amount":15000}',
    },
  } as const
  const attempt = (number: number, minutes: number) => ({
    revision: 1,
    number,
    operation: 'create' as const,
    startedAt: at(minutes).toISOString(),
    finishedAt: at(minutes).toISOString(),
  })
  switch (status) {
    case 'uncertain':
      return {
        ...common,
        status: 'uncertain',
        outcome: 'uncertain',
        words: ['no answer: timeout'],
        attempts: [
          { ...attempt(1, 1), outcome: 'uncertain', reason: 'no answer: timeout', mayHaveArrived: true },
        ],
      }
    case 'failed':
      return {
        ...common,
        status: 'failed',
        outcome: 'refused',
        words: ['Invalid token'],
        settledAt: at(3).toISOString(),
        attempts: [
          { ...attempt(1, 1), outcome: 'unavailable', reason: 'HTTP 502' },
          { ...attempt(2, 3), outcome: 'refused', reason: 'Invalid token' },
        ],
      }
    case 'queued':
      return {
        ...common,
        status: 'waiting',
        outcome: 'unavailable',
        words: ['HTTP 503'],
        attempts: [{ ...attempt(1, 1), outcome: 'unavailable', reason: 'HTTP 503' }],
      }
    case 'invalid':
      return {
        ...common,
        status: 'decided',
        outcome: 'invalid',
        words: ['Паспорт недействителен'],
        fields: ['passport'],
        attempts: [{ ...attempt(1, 1), outcome: 'invalid' }],
      }
    case 'accepted':
    case 'declined':
    case 'verification':
    case 'duplicate':
    case 'stored':
    case 'partial': {
      const outcome = status === 'stored' || status === 'partial' ? 'declined' : status
      return {
        ...common,
        status: 'decided',
        outcome,
        ...(outcome === 'accepted'
          ? {
              providerId: '999 001',
              progress: [
                {
                  seenAt: at(20).toISOString(),
                  receivers: [
                    { receiver: 'Займ плюс', status: 'approved' as const, orderId: '17' },
                    { receiver: 'Деньги тут', status: 'processing' as const },
                  ],
                },
              ],
            }
          : {}),
        attempts: [{ ...attempt(1, 1), outcome }],
      }
    }
  }
}
