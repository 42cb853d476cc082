import type { PopupTexts, ReviewTexts } from '../texts.ts'

/** Russian texts of the step that shows the answers. */
export const reviewRu: ReviewTexts = {
  change: 'Изменить',
  none: 'Не указано',
  yes: 'Да',
}

/** Russian texts of the dialog that a form opens in. */
export const popupRu: PopupTexts = { close: 'Закрыть' }
