import { reviewRu } from '../../i18n/ru/on-demand.ts'
import css from '../../themes/on-demand/review.css?inline'
import { createReview } from '../../ui/review/review.tsx'

/** The Russian texts of what is on demand, where a page has some of its own. */
export { popupRu, reviewRu } from '../../i18n/ru/on-demand.ts'

/** Creates the step that shows the answers, with its styles. Loaded on demand. */
export function createReviewChunk(texts = reviewRu) {
  return { Review: createReview(texts), css }
}
