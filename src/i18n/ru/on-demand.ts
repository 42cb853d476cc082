import type { ReviewTexts } from '../texts.ts'

/** Russian texts of the step that shows the answers. */
export const reviewRu: ReviewTexts = {
  change: 'Изменить',
  none: 'Не указано',
  yes: 'Да',
}
