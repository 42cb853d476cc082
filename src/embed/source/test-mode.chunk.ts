import { createRelayPreview, type DeliveryPreview } from '../../delivery/preview.ts'
import { createDryRun } from '../../delivery/dry-run.ts'
import type { FormDefinition } from '../../form/definition.ts'
import { sampleValues } from '../../form/sample-values.ts'
import { testModeRu } from '../../i18n/ru/test-mode.ts'
import type { Delivery } from '../../lead/delivery.ts'
import type { LeadValues } from '../../lead/values.ts'
import css from '../../themes/test-mode.css?inline'
import { createTestPanel } from './test-panel.ts'

/** A form that is shown, as far as test mode looks at it. */
export interface FormUnderTest {
  readonly definition: FormDefinition
  setValues(values: LeadValues): unknown
}

/** The part of the script that is loaded in test mode: nothing leaves the page, and what would is shown. */
export interface TestMode {
  readonly delivery: Delivery
  readonly css: string
  /** Puts the panel around a form that stands in `root`, or around the one that stands in its place now. */
  attach(root: ParentNode, form: FormUnderTest): void
}

/** Starts test mode for what leads would be sent to: a relay's form, or what another delivery would call. */
export function createTestMode(target: string | DeliveryPreview): TestMode {
  let shown: FormUnderTest | undefined
  const panel = createTestPanel(testModeRu, () => shown?.setValues(sampleValues(shown.definition)))
  const preview =
    typeof target === 'string' ? createRelayPreview(new URL(target, document.baseURI).href) : target
  return {
    delivery: createDryRun(preview, panel),
    css,
    attach(root, form) {
      shown = form
      root.prepend(panel.head)
      root.append(panel.foot)
    },
  }
}
