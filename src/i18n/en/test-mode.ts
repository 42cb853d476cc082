import type { TestModeTexts } from '../texts.ts'

/** English texts of test mode, for forms in every language but Russian. */
export const testModeEn: TestModeTexts = {
  title: 'Test mode',
  promise: 'Nothing is sent: the request appears below the form.',
  fill: 'Fill in an example',
  answer: 'Answer to the application',
  answers: {
    accepted: 'accepted',
    verification: 'a code from an SMS is needed',
    duplicate: 'it is there already',
    declined: 'declined',
    queued: 'stored',
    failed: 'no connection',
  },
  requests: 'What would be sent',
  none: 'The request appears here when you send the application.',
}
