/** The words of the pages that answer a plain HTML form, where no script runs; the widget does without them. */
export const htmlFormRu = {
  correct: 'Исправьте, пожалуйста, заявку',
  back: 'Нажмите «Назад» в браузере: ваши ответы останутся в форме.',
  failed: 'Не удалось принять заявку',
  again: 'Нажмите «Назад» в браузере и отправьте заявку ещё раз через минуту.',
} as const

/** Label of a field that only a lender knows; what it is about stands below, in the lender's own words. */
export const campaignQuestionRu = 'Вопрос кредитора'

/** What a person is told when a relay does not know what came of a code; no widget pays for it. */
export const codeUnansweredRu = 'Кредитор пока не ответил. Подождите немного и отправьте код ещё раз'

/** Title of the step for questions that fit into no other step of a form. */
export const addedStepTitleRu = 'Ещё несколько вопросов'
