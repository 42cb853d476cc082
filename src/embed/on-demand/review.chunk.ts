import { reviewRu } from '../../i18n/ru/on-demand.ts'
import css from '../../themes/on-demand/review.css?inline'
import { createReview } from '../../ui/review/review.tsx'

/** Creates the step that shows the answers, with its styles. Loaded on demand. */
export function createReviewChunk(texts = reviewRu) {
  return { Review: createReview(texts), css }
}
