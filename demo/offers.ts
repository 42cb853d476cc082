import { Hono } from 'hono'
import { html } from 'hono/html'

/** Where the demonstration's partners are: `/partner` shows what a link brings, `/refusal` is a lender that always refuses. */
export const partnerPaths = { page: '/partner', refusal: '/refusal' } as const

/** What a declined person of the demonstration sees. All lenders are invented. */
export function createOffersAfter(url: string) {
  const link = (partner: string): string =>
    `${url}${partnerPaths.page}?partner=${partner}&sub1={channel}&lead={leadId}&number={number}&erid={erid}`
  return {
    declined: {
      title: 'Здесь сейчас отказали',
      text: 'Это решение одного кредитора. Другие могут одобрить заявку.',
      again: true,
      offers: [
        {
          title: 'Первый пример',
          text: 'До 30 000 ₽ на срок до 30 дней, решение за 15 минут.',
          logo: 'logos/first.svg',
          url: link('first'),
          fullCost: { min: 0, max: 292 },
          rate: '0 % первые 7 дней, затем 0,8 % в день',
          advertiser: 'ООО МКК «Первый пример»',
          erid: '2VtzqPrimerPervyi',
        },
        {
          title: 'Второй пример',
          text: 'До 100 000 ₽ на срок до года.',
          logo: 'logos/second.svg',
          url: link('second'),
          fullCost: { min: 150.5, max: 292 },
          rate: 0.8,
          advertiser: 'ООО МФК «Второй пример»',
          erid: '2VtzqPrimerVtoroi',
        },
        {
          title: 'Подбор карты',
          text: 'Кредитные карты с бесплатным обслуживанием.',
          url: link('third'),
          advertiser: 'АО «Банк Пример»',
          erid: '2VtzqPrimerTretii',
        },
      ],
    },
  }
}

/** The partners' side of the demonstration. */
export function createPartners(): Hono {
  const app = new Hono()
  app.post(partnerPaths.refusal, (context) => context.body(null, 410))
  app.get(partnerPaths.page, (context) => {
    const rows = Object.entries(context.req.query()).map(([name, value]) => html`<li>${name}: ${value}</li>`)
    context.header('content-security-policy', "default-src 'none'")
    return context.html(
      html`<!doctype html>
        <html lang="ru">
          <meta charset="utf-8" />
          <title>Страница партнёра</title>
          <h1>Страница партнёра</h1>
          <p>Ссылка принесла:</p>
          <ul>
            ${rows}
          </ul>
        </html>`,
    )
  })
  return app
}
