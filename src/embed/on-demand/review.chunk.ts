import css from '../../themes/on-demand/review.css?inline'

export { Review } from '../../ui/review/review.tsx'

/** Styles of the step that shows the answers. */
export const reviewCss: string = css
