import type { wordsRu } from './words-ru.ts'

/** English words for what happens to a lead, and what to do about it. */
export const wordsEn: typeof wordsRu = {
  statuses: {
    partial: {
      label: 'Unfinished',
      advice: 'The person has not reached the end of the form. Such a lead goes nowhere.',
    },
    queued: { label: 'Queued', advice: 'It is being sent. There is nothing to do.' },
    verification: {
      label: 'Waits for a code',
      advice: 'A code was sent to the phone. The lead goes on when the person enters it.',
    },
    invalid: {
      label: 'Waits for a correction',
      advice: 'The destination asks for other values. The form has shown it to the person.',
    },
    uncertain: {
      label: 'Answer lost',
      advice:
        'The answer was lost: the lead may have arrived. Look it up at the destination and say whether it has. Until then it goes nowhere.',
    },
    accepted: { label: 'Accepted', advice: 'The destination has accepted the lead.' },
    duplicate: { label: 'Duplicate', advice: 'There was such a lead before. There is nothing to do.' },
    declined: {
      label: 'Declined',
      advice: 'The destination has declined it. The decision is theirs: do not send it again.',
    },
    failed: {
      label: 'Not delivered',
      advice: 'It could not be sent. Read the reason at the destination, remove it, and send the lead again.',
    },
    stored: {
      label: 'Stored',
      advice: 'The lead is kept here and goes nowhere: the form is configured so.',
    },
  },
  problems: {
    failed: 'Could not be sent: open it and read the reason',
    refused: 'The destination refused the key or the parameters',
    uncertain: 'Look up at the destination whether it has arrived',
    waiting: 'The destination does not answer yet; it is tried again',
  },
  skipReasons: {
    'not-retriable': 'accepted, decided, or may have arrived: it is not sent again',
    'unknown-lead': 'there is no such lead',
    erased: 'erased',
  },
  deliveries: {
    waiting: 'Waits to be sent',
    decided: 'Answered',
    failed: 'Not delivered',
    uncertain: 'Answer lost',
    passed: 'Passed on',
  },
  outcomes: {
    accepted: 'Accepted',
    duplicate: 'The destination had it before',
    declined: 'Declined',
    verification: 'Waits for the code of a text message',
    invalid: 'Asks for other values',
    unavailable: 'The destination is not available',
    refused: 'The destination refused the key or the parameters',
    unreadable: 'The answer could not be read',
    uncertain: 'No answer: it may have arrived',
  },
  rules: {
    chosen: 'meets all rules',
    when: 'does not meet the condition (when)',
    share: 'is not in the share (share)',
    hours: 'outside of the hours (hours)',
    cap: 'the limit of the day is reached (capPerDay)',
    duplicate: 'there was a lead with this phone',
    'same-phone': 'waits for another lead with this phone',
  },
  progress: {
    processing: 'in progress',
    waiting: 'waits',
    approved: 'approved',
    declined: 'declined',
    error: 'error',
  },
  consentNames: {
    processing: 'Processing of personal data',
    transfer: 'Transfer to the destinations',
    advertising: 'Advertising',
  },
  suspicions: {
    'hidden-field': 'a field that nobody sees was filled in',
    'filled-at-once': 'filled in within two seconds',
  },
  messageKinds: { notification: 'Notification', postback: 'Postback' },
  messageStates: {
    waiting: 'waits',
    sending: 'being sent',
    sent: 'sent',
    failed: 'not sent',
    uncertain: 'answer lost',
  },
  auditActions: {
    'form-save': 'saved a form',
    'form-restore': 'restored a version of a form',
    'form-withdraw': 'withdrew a version of a form',
    'sign-in': 'signed in',
    reveal: 'looked at the values',
    search: 'searched',
    retry: 'sent again',
    'message-retry': 'sent messages again',
    resolve: 'resolved a lost answer',
    erase: 'erased',
    export: 'exported',
    backup: 'made a backup',
    places: 'imported places',
    revoke: 'revoked a signature',
    reload: 'read the configuration again',
  },
}
