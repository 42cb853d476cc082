/** An invented legal document of the demo. Its text at this path never changes. */
export interface DemoDocument {
  readonly path: string
  readonly title: string
  readonly paragraphs: readonly string[]
}

/** The invented operator of the demo's forms. */
export const operator = {
  name: 'ООО «Пример»',
  address: '101000, Москва, ул. Примерная, д. 1',
  withdrawalContact: 'dpo@example.ru',
}

/** The documents to which the demo's forms link. */
export const documents = {
  policy: {
    path: '/documents/policy.html',
    title: 'Политика обработки персональных данных',
    paragraphs: [
      `${operator.name} (${operator.address}) обрабатывает данные заявки, чтобы передать её кредитору и сообщить решение.`,
      'Данные хранятся в России и удаляются, когда цель достигнута или согласие отозвано.',
    ],
  },
  processing: {
    path: '/documents/processing-2026-09-01.html',
    title: 'Согласие на обработку персональных данных, редакция от 01.09.2026',
    paragraphs: [
      `Даю ${operator.name} согласие на обработку данных, указанных в заявке, чтобы рассмотреть её: сбор, запись, хранение, использование, удаление.`,
      `Согласие действует один год. Отозвать его можно письмом на ${operator.withdrawalContact}.`,
    ],
  },
  transfer: {
    path: '/documents/transfer-2026-09-01.html',
    title: 'Согласие на передачу данных кредиторам, редакция от 01.09.2026',
    paragraphs: [
      'Даю согласие на передачу данных моей заявки кредиторам из списка: МКК «Вымышленная».',
      `Согласие действует один год. Отозвать его можно письмом на ${operator.withdrawalContact}.`,
    ],
  },
  advertising: {
    path: '/documents/advertising-2026-09-01.html',
    title: 'Согласие на рекламу, редакция от 01.09.2026',
    paragraphs: [
      'Даю согласие на рекламные предложения по телефону и электронной почте. Отказаться можно в любой момент.',
    ],
  },
} as const satisfies Record<string, DemoDocument>

/** Renders a document as a page. */
export function renderDocument({ title, paragraphs }: DemoDocument): string {
  return `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/landing.css">
</head>
<body>
<article class="document">
<h1>${title}</h1>
${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')}
</article>
</body>
</html>
`
}
