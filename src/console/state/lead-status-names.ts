import type { LeadStatusName } from '../../relay/http/admin/lead-answers.ts'

/** All statuses, those that want an operator first. */
export const leadStatusNames = [
  'uncertain',
  'failed',
  'queued',
  'invalid',
  'verification',
  'accepted',
  'declined',
  'duplicate',
  'stored',
  'partial',
] as const satisfies readonly LeadStatusName[]
