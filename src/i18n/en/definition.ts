/** English for the texts of the presets. Other definitions that use the same texts are translated, too. */
export const definitionEn = {
  'Заявка на заём': 'Loan application',
  'Сумма и срок': 'Amount and term',
  'Ваш телефон': 'Your phone',
  'Проверьте ответы': 'Check your answers',
  'О вас': 'About you',
  Паспорт: 'Passport',
  Адрес: 'Address',
  Работа: 'Work',
  Согласия: 'Consents',
  'Обратный звонок': 'Call me back',
  'Мы вам перезвоним': 'We will call you back',
  'Как к вам обращаться': 'Your name',
  'Как с вами связаться': 'How to reach you',
  'Вопрос кредитора': 'A question of the lender',
  'Ещё несколько вопросов': 'A few more questions',
} as const satisfies Readonly<Record<string, string>>
