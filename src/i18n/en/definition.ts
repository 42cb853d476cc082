/** English for the words of the presets, which definitions on a relay may use, too. */
export const definitionEn = {
  'Заявка на заём': 'Loan application',
  'Сумма и срок': 'Amount and term',
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
