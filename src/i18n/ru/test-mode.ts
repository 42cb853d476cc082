import type { TestModeTexts } from '../texts.ts'

/** Russian texts of test mode. */
export const testModeRu: TestModeTexts = {
  title: 'Тестовый режим',
  promise: 'Ничего не отправляется: запрос появится под формой.',
  fill: 'Заполнить примером',
  answer: 'Ответ на заявку',
  answers: {
    accepted: 'принята',
    verification: 'нужен код из СМС',
    duplicate: 'такая уже есть',
    declined: 'отказ',
    queued: 'сохранена',
    failed: 'нет связи',
  },
  requests: 'Что было бы отправлено',
  none: 'Здесь появится запрос, когда вы отправите заявку.',
}
