/** What the author of a page sees in test mode; visitors see the page's own content. */
export const setupRu = {
  problems: 'Форма не показана: в её настройке есть ошибки. Это сообщение видно только в тестовом режиме.',
} as const
