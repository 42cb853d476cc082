/** What a page's author reads in test mode, where a visitor would see the page's own content. */
export const setupRu = {
  problems: 'Форма не показана: в её настройке есть ошибки. Это сообщение видно только в тестовом режиме.',
} as const
