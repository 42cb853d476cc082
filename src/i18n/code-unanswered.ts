/** What a person is told when a relay does not know what came of a code; no widget pays for it. */
export const codeUnanswered = 'Кредитор пока не ответил. Подождите немного и отправьте код ещё раз'
