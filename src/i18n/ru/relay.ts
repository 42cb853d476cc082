/** Texts of the pages that answer a plain HTML form, which works without a script. */
export const htmlFormRu = {
  correct: 'Исправьте, пожалуйста, заявку',
  back: 'Нажмите «Назад» в браузере: ваши ответы останутся в форме.',
  another: 'Чтобы подать новую заявку, вернитесь на страницу с формой.',
  failed: 'Не удалось принять заявку',
  again: 'Нажмите «Назад» в браузере и отправьте заявку ещё раз через минуту.',
  limited: (wait: string): string =>
    `С вашего номера или из вашей сети пришло много заявок подряд. Нажмите «Назад» в браузере: ваши ответы останутся в форме. Отправьте заявку ещё раз через ${wait}.`,
} as const

/** Label of a field that a lender defines. Its hint is the lender's own text. */
export const campaignQuestionRu = 'Вопрос кредитора'

/** Message to the person when a code got no answer. The relay sends it, so it is not in the widget's texts. */
export const codeUnansweredRu = 'Ответа пока нет. Подождите немного и отправьте код ещё раз'

/** Title of the step for added questions that fit into no other step. */
export const addedStepTitleRu = 'Ещё несколько вопросов'
