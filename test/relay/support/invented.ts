import { createLeadIdentity } from '../../../src/lead/lead-identity.ts'

/** A form's entry in a configuration: the fields that Devtek requires, a required consent and an optional one. */
export function formEntry() {
  return {
    definition: {
      title: 'Заявка на заём',
      steps: [
        { id: 'loan', title: 'Сумма', fields: [{ name: 'amount', minimum: 1000, maximum: 100_000 }] },
        {
          id: 'person',
          title: 'О вас',
          fields: [
            'lastName',
            'firstName',
            'middleName',
            'birthDate',
            'phone',
            { name: 'email', required: false },
          ],
        },
        { id: 'place', title: 'Город', fields: ['issuePlace'] },
      ],
    },
    operator: { name: 'ООО Пример', address: 'Тюмень', withdrawalContact: 'consent@example.ru' },
    policyUrl: 'https://example.ru/policy',
    consents: [consent, { ...consent, id: 'transfer', required: false }],
    origins: ['https://landing.example.ru'],
    destinations: [
      { provider: 'devtek', idWebmaster: 123, token: { env: 'DEVTEK_TOKEN' }, baseUrl: 'http://127.0.0.1:9' },
    ],
  }
}

const consent = {
  id: 'processing',
  required: true,
  documentUrl: 'https://example.ru/consent/2026-09-01.html',
  version: '2026-09-01',
  text: 'Согласен на обработку данных',
}

/** Limits that no suite reaches: suites post many leads of few people. */
export const wideLimits = { perAddress: 100_000, perPhone: 100_000 }

/** The admin token of relays in tests. */
export const adminToken = 'invented-operator-token-0123456789'

/** The secrets of the entry. */
export const env = { DEVTEK_TOKEN: 'invented-token-0123456789abcdef00' }

let peopleCount = 0

/** Creates a lead of another invented person with every call, as the widget would post it. */
export function inventLead() {
  peopleCount += 1
  const identity = createLeadIdentity(Date.parse('2026-11-22T09:00:00Z'), (bytes) =>
    crypto.getRandomValues(bytes),
  )
  return {
    ...identity,
    values: {
      amount: 30_000,
      lastName: 'Примеров',
      firstName: 'Иван',
      noMiddleName: true,
      birthDate: '1990-01-31',
      city: 'Москва',
      cityKladr: '7700000000000',
      phone: `+790000000${String(peopleCount % 100).padStart(2, '0')}`,
    },
    consents: [
      {
        id: consent.id,
        documentUrl: consent.documentUrl,
        version: consent.version,
        textSha256: 'ab'.repeat(32),
        acceptedAt: '2026-11-22T12:00:00+03:00',
      },
    ],
    attribution: { utm_source: 'vk' },
    page: {
      url: 'https://landing.example.ru/loan?utm_source=vk#form',
      startedAt: '2026-11-22T11:58:00+03:00',
      submittedAt: '2026-11-22T12:00:00+03:00',
    },
    widget: '1.0.0',
  }
}

/** A lead from {@link inventLead}. */
export type InventedLead = ReturnType<typeof inventLead>
