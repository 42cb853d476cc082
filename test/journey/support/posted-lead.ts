import { type InventedLead, inventLead } from '../../relay/support/invented.ts'

/** An application of an invented person, as the widget posts it from the demo's page. */
export type PostedLead = ReturnType<typeof createPostedLead>

/** Invents a lead for the demo's form. With `earlier` it is the same lead, posted from the page's current address. */
export function createPostedLead(url: string, earlier?: Pick<InventedLead, 'id' | 'key' | 'values'>) {
  const consent = (id: string) => ({
    id,
    documentUrl: `${url}/documents/${id}-2026-09-01.html`,
    version: '2026-09-01',
    acceptedAt: '2026-11-22T12:00:00+03:00',
  })
  const { id, key, values } = earlier ?? inventLead()
  return {
    id,
    key,
    values: {
      ...values,
      termDays: 30,
      passportSeries: '4510',
      passportNumber: '000050',
      passportIssuedDate: '2011-06-01',
      passportIssuedCode: '770-001',
      passportIssuedBy: 'ГУ МВД России по г. Москве',
      region: 'Москва',
    },
    consents: [consent('processing'), consent('transfer')],
    attribution: {},
    page: { url: `${url}/`, startedAt: '2026-11-22T08:58:00Z', submittedAt: '2026-11-22T09:00:00Z' },
    widget: '0.1.0',
  }
}
