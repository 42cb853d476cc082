import { pluralizeRu } from './plural.ts'
import type { VerificationTexts } from '../texts.ts'

/** Russian texts of the verification step. */
export const verificationRu: VerificationTexts = {
  sent: 'Никому не говорите код. Он отправлен на ваш телефон',
  label: 'Код из СМС',
  confirm: 'Подтвердить',
  checking: 'Проверяем…',
  attempts: (left) =>
    `${pluralizeRu(left, 'Осталась', 'Осталось', 'Осталось')} ${left} ${pluralizeRu(left, 'попытка', 'попытки', 'попыток')}`,
  noAttempts: 'Попытки закончились. Если номер указан неточно, измените его и отправьте заявку ещё раз.',
  failed: 'Не удалось проверить код. Проверьте связь и попробуйте ещё раз через минуту.',
  question: 'Не приходит код?',
  advice: 'СМС может идти несколько минут. Проверьте, что телефон в сети и номер указан верно.',
  changePhone: 'Изменить номер',
  giveUp: 'Не подтверждать',
}
