import type { Receiver } from '../../lead/receiver.ts'
import type { Texts } from '../texts.ts'
import { en } from './en.ts'

const { verification } = en.results

/** The English result screens, by who receives the application. */
export const resultsEn: Readonly<Record<Receiver, Texts['results']>> = {
  lender: en.results,
  broker: {
    accepted: {
      title: 'The application is accepted',
      text: 'Thank you! We have passed it on to the lenders on the list. You will be called about the decision at the number that you gave.',
    },
    duplicate: en.results.duplicate,
    declined: {
      title: 'There is no suitable loan now',
      text: 'None of the lenders has approved the application so far. You can apply again later.',
    },
    verification,
    queued: {
      title: 'The application is saved',
      text: 'We have your application and will pass it on to the lenders on the list. You need not fill it in again.',
    },
  },
  callback: {
    accepted: {
      title: 'The application is accepted',
      text: 'Thank you! We will call you at the number that you gave.',
    },
    duplicate: {
      title: 'We have your application already',
      text: 'No new one is needed: we will call you about the first one.',
    },
    declined: {
      title: 'The application could not be taken now',
      text: 'You can leave a new one later.',
    },
    verification,
    queued: {
      title: 'The application is saved',
      text: 'We have your application and will call you. You need not fill it in again.',
    },
  },
}
