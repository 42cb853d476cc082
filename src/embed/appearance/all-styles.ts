import calculator from '../../themes/on-demand/calculator.css?inline'
import confirmed from '../../themes/on-demand/confirmed.css?inline'
import form from '../../themes/base.css?inline'
import issues from '../../themes/on-demand/issues.css?inline'
import offers from '../../themes/offers.css?inline'
import placeList from '../../themes/place-list.css?inline'
import result from '../../themes/result.css?inline'
import testMode from '../../themes/test-mode.css?inline'
import verification from '../../themes/on-demand/verification.css?inline'
import popup from '../../themes/on-demand/popup.css?inline'
import review from '../../themes/on-demand/review.css?inline'
import { createLookStyles } from './looks.chunk.ts'
import { raiseSpecificity, resetCss } from './styles.ts'

/**
 * All styles of a form, for shadow roots and for pages. The build writes them to a file for browsers without constructed
 * style sheets, where a policy may forbid inline styles; no page loads this module.
 */
export const allStyles: string = raiseSpecificity(
  resetCss +
    form +
    calculator +
    issues +
    confirmed +
    result +
    offers +
    placeList +
    verification +
    review +
    popup +
    testMode +
    createLookStyles().css,
)
