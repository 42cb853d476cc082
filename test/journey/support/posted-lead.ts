import { createLeadIdentity } from '../../../src/lead/lead-identity.ts'

/** The lead that the widget posts from the demonstration's page. */
export type PostedLead = ReturnType<typeof createPostedLead>

let people = 0

/** Invents a lead. `again` is a lead to post once more, from the page's new address. */
export function createPostedLead(
  url: string,
  again?: { id: string; key: string; values: { phone: string } },
) {
  people += again ? 0 : 1
  const consent = (id: string) => ({
    id,
    documentUrl: `${url}/documents/${id}-2026-09-01.html`,
    version: '2026-09-01',
    acceptedAt: '2026-11-22T12:00:00+03:00',
  })
  const identity = createLeadIdentity(Date.now(), (bytes) => crypto.getRandomValues(bytes))
  return {
    id: again?.id ?? identity.id,
    key: again?.key ?? identity.key,
    values: {
      amount: 30_000,
      termDays: 30,
      lastName: 'Цой',
      firstName: 'Анна',
      noMiddleName: true,
      birthDate: '1990-05-17',
      phone: again?.values.phone ?? `+790000000${String(people).padStart(2, '0')}`,
      passportSeries: '4510',
      passportNumber: '000050',
      passportIssuedDate: '2011-06-01',
      passportIssuedCode: '770-001',
      passportIssuedBy: 'ГУ МВД России по г. Москве',
      region: 'Москва',
      city: 'Москва',
      cityKladr: '7700000000000',
    },
    consents: [consent('processing'), consent('transfer')],
    attribution: {},
    page: { url: `${url}/`, startedAt: '2026-11-22T08:58:00Z', submittedAt: '2026-11-22T09:00:00Z' },
    widget: '0.1.0',
  }
}
