/** The words of the pages that answer a plain HTML form, where no script runs; the widget does without them. */
export const plainFormRu = {
  correct: 'Исправьте, пожалуйста, заявку',
  back: 'Нажмите «Назад» в браузере: ваши ответы останутся в форме.',
  failed: 'Не удалось принять заявку',
  again: 'Нажмите «Назад» в браузере и отправьте заявку ещё раз через минуту.',
} as const
