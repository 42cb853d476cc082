import { applyFocus } from './focus/apply-focus.ts'
import { IssueSummary } from './fields/issue-summary.tsx'
import { Message } from './fields/message.tsx'
import { addHiddenField } from './fields/hidden-field.ts'
import { Offer } from './fields/offer.tsx'
import type { LaterViews } from './form-view.ts'
import { ConnectionNotice } from './notices/connection-notice.tsx'
import { Result } from './result/result.tsx'
import { ReviewSlot } from './review/review-slot.tsx'
import { VerificationSlot } from './verification/verification-slot.tsx'
import { watchFocus } from './focus/visible-part.ts'

/** What begins when the focus has first come to a form. */
function watchForm(form: HTMLElement): () => void {
  addHiddenField(form)
  return watchFocus(form)
}

/** What no form shows before a person has filled in something. */
export const laterViews: LaterViews = {
  Message,
  IssueSummary,
  Offer,
  Result,
  VerificationSlot,
  ReviewSlot,
  ConnectionNotice,
  applyFocus,
  watchFocus: watchForm,
}
