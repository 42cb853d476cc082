import { createLeadIdentity } from '../src/lead/lead-identity.ts'
import { documents } from './documents.ts'

/** Where the leads go, and who asks what is there already. */
export interface InventedLeadsOptions {
  /** Address of the demonstration. */
  readonly url: string
  readonly adminToken: string
}

const people = [
  { lastName: 'Вымыслова', firstName: 'Инна', phone: '+79000000011', amount: 15_000 },
  { lastName: 'Небывалов', firstName: 'Пётр', phone: '+79000000012', amount: 30_000 },
  { lastName: 'Придуманова', firstName: 'Ольга', phone: '+79000000013', amount: 8000 },
] as const

const passport = {
  passportSeries: '4510',
  passportNumber: '000050',
  passportIssuedDate: '2011-06-01',
  passportIssuedCode: '770-001',
  passportIssuedBy: 'ГУ МВД России по г. Москве',
  birthDate: '1990-01-31',
  noMiddleName: true,
  termDays: 14,
  region: 'Москва',
  city: 'Москва',
}

/** Posts leads of invented people, so that the console has something to show. Nothing where there are leads already. */
export async function postInventedLeads({ url, adminToken }: InventedLeadsOptions): Promise<void> {
  const listed = await fetch(`${url}/admin/leads`, { headers: { authorization: `Bearer ${adminToken}` } })
  const { leads }: { readonly leads: readonly object[] } = await listed.json()
  if (leads.length > 0) return
  for (const person of people) await postLead(url, 'main', { ...passport, ...person })
  const [first, second, third] = people.map(({ firstName, phone }) => ({ firstName, phone }))
  // A lender that refuses everybody.
  await postLead(url, 'offers', { ...first })
  await postLead(url, 'callback', { ...second })
  // The connection breaks, so that the answer is lost.
  await fetch(`${url}/sandbox/fivecrm/switches`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode: 'drop', times: 1 }),
  })
  await postLead(url, 'callback', { ...third })
}

async function postLead(url: string, form: string, values: object): Promise<void> {
  const now = new Date().toISOString()
  const consents = form === 'main' ? (['processing', 'transfer'] as const) : (['processing'] as const)
  const lead = {
    ...createLeadIdentity(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
    values,
    consents: consents.map((id) => ({
      id,
      documentUrl: url + documents[id].path,
      version: '2026-09-01',
      acceptedAt: now,
    })),
    attribution: { utm_source: 'demo', utm_campaign: form },
    page: { url: `${url}/`, startedAt: now, submittedAt: now },
    widget: '0.1.0',
  }
  const response = await fetch(`${url}/forms/${form}/leads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(lead),
  })
  if (response.status >= 400)
    throw new Error(`The form ${form} did not take an invented lead: ${await response.text()}`)
}
