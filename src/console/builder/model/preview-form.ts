import { parseDefinition } from '../../../form/definition.ts'
import type { DraftForm } from './draft.ts'

/** Replaces documents that a draft does not have yet, so that the preview can be built. Never shown. */
const placeholders = {
  operator: { name: '?' },
  policyUrl: 'https://example.ru/',
  consents: [{ id: 'processing', required: true, documentUrl: 'https://example.ru/', version: '?' }],
}

/**
 * The part of a draft that can be shown: without documents that are incomplete, which test mode does without. `undefined`
 * if the rest has problems.
 */
export function previewForm(form: DraftForm): object | undefined {
  const complete = { ...placeholders, ...form }
  if ('definition' in parseDefinition(complete)) return form
  const { consents, operator, policyUrl, ...others } = form
  const shown = {
    ...others,
    ...(isUsable({ consents }) ? { consents } : {}),
    ...(operator && isUsable({ operator }) ? { operator } : {}),
    ...(policyUrl !== undefined && isUsable({ policyUrl }) ? { policyUrl } : {}),
  }
  return 'definition' in parseDefinition({ ...placeholders, ...shown }) ? shown : undefined
}

const outline = { id: 'form', steps: [{ id: 'a', title: 'A', fields: ['phone'] }] }

function isUsable(documents: object): boolean {
  return 'definition' in parseDefinition({ ...outline, ...placeholders, ...documents })
}
