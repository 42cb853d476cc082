import type { FormDefinition } from './definition.ts'

/** An invented definition: stands in for the documents that a test has none of, and for what is not to be checked. */
export const sampleDefinition: FormDefinition = {
  id: 'sample',
  steps: [{ id: 'sample', title: 'Пример', fields: [{ name: 'phone' }] }],
  operator: {
    name: 'ООО «Пример»',
    address: '101000, Москва, Примерная ул., 1',
    withdrawalContact: 'dpo@example.ru',
  },
  policyUrl: 'https://example.ru/policy',
  consents: [
    { id: 'processing', required: true, documentUrl: 'https://example.ru/consent/1.html', version: '1' },
  ],
}
