import type { Receiver } from '../../lead/receiver.ts'
import type { Texts } from '../texts.ts'
import { commonRu } from './common.ts'

const { verification } = commonRu.results

/** The Russian result screens, by who receives the application. */
export const resultsRu: Readonly<Record<Receiver, Texts['results']>> = {
  lender: commonRu.results,
  broker: {
    accepted: {
      title: 'Заявка принята',
      text: 'Спасибо! Мы передали заявку кредиторам из списка. О решении вам сообщат по телефону, который вы указали.',
    },
    duplicate: commonRu.results.duplicate,
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
