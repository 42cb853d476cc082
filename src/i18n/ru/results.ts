import type { Receiver } from '../../lead/receiver.ts'
import type { EndingTexts, Texts } from '../texts.ts'

const duplicate = {
  title: 'Такая заявка уже есть',
  text: 'Вы уже отправляли заявку с этими данными. Новая не нужна: дождитесь ответа по первой.',
}
const verification = {
  title: 'Телефон не подтверждён',
  text: 'Заявка сохранена, но без кода из СМС её не рассмотрят. Если передумаете, обновите страницу и отправьте новую.',
}

/** The Russian result screens, by who receives the application. */
export const resultsRu: Readonly<Record<Receiver, Texts['results']>> = {
  lender: {
    accepted: {
      title: 'Заявка принята',
      text: 'Спасибо! Мы передали заявку кредитору. Решение сообщат по телефону, который вы указали.',
    },
    duplicate,
    declined: {
      title: 'Сейчас одобрить заявку не получилось',
      text: 'Это решение по одной заявке. Вы можете подать новую позже.',
    },
    verification,
    queued: {
      title: 'Заявка сохранена',
      text: 'Мы получили вашу заявку и отправим её кредитору, как только он будет на связи. Заполнять её ещё раз не нужно.',
    },
  },
  broker: {
    accepted: {
      title: 'Заявка принята',
      text: 'Спасибо! Мы передали заявку кредиторам из списка. О решении вам сообщат по телефону, который вы указали.',
    },
    duplicate,
    declined: {
      title: 'Подходящего займа сейчас нет',
      text: 'Заявку пока не одобрили. Вы можете подать новую позже.',
    },
    verification,
    queued: {
      title: 'Заявка сохранена',
      text: 'Мы получили вашу заявку и передадим её кредиторам из списка. Заполнять её ещё раз не нужно.',
    },
  },
  callback: {
    accepted: {
      title: 'Заявка принята',
      text: 'Спасибо! Мы позвоним вам по номеру, который вы указали.',
    },
    duplicate: {
      title: 'Ваша заявка уже у нас',
      text: 'Новая не нужна: мы позвоним вам по первой.',
    },
    declined: {
      title: 'Сейчас принять заявку не получилось',
      text: 'Вы можете оставить новую позже.',
    },
    verification,
    queued: {
      title: 'Заявка сохранена',
      text: 'Мы получили вашу заявку и позвоним вам. Заполнять её ещё раз не нужно.',
    },
  },
}

/** Russian texts of what follows an outcome. */
export const endingRu: EndingTexts = {
  offers: 'Предложения партнёров',
  fullCost: 'Полная стоимость займа',
  rate: 'Ставка',
  perYear: (percent) => `${percent}\u00a0% годовых`,
  perDay: (percent) => `${percent}\u00a0% в день`,
  open: 'Подать заявку',
  advertisement: 'Реклама',
  risks: 'Оценивайте свои финансовые возможности и риски. Изучите все условия займа.',
  redirecting: 'Через несколько секунд откроется следующая страница.',
  continue: 'Перейти сейчас',
  again: 'Подать новую заявку',
}
