import { createRelayPreview, type DeliveryPreview } from '../../delivery/preview.ts'
import { createDryRun } from '../../delivery/dry-run.ts'
import type { FormDefinition } from '../../form/definition.ts'
import { sampleValues } from '../../form/sample-values.ts'
import { testModeEn } from '../../i18n/en/test-mode.ts'
import { testModeRu } from '../../i18n/ru/test-mode.ts'
import type { Delivery } from '../../lead/delivery.ts'
import type { LeadValues } from '../../lead/values.ts'
import css from '../../themes/test-mode.css?inline'
import { createTestPanel, type TestPanel } from './test-panel.ts'

/** What test mode needs of a form. */
export interface FormUnderTest {
  readonly definition: FormDefinition
  /** The language of the form. */
  readonly lang: string
  setValues(values: LeadValues): unknown
}

/** Test mode: nothing leaves the page, and the requests that would be sent are shown. */
export interface TestMode {
  readonly delivery: Delivery
  readonly css: string
  /** Adds the panel around the form that is rendered in `root`, and moves it there from an earlier form. */
  attach(root: ParentNode, form: FormUnderTest): void
}

/** Creates test mode for the URL of a relay's form, or for another delivery. */
export function createTestMode(target: string | DeliveryPreview): TestMode {
  let current: FormUnderTest | undefined
  let panel = createPanel('ru')
  const preview =
    typeof target === 'string' ? createRelayPreview(new URL(target, document.baseURI).href) : target
  return {
    delivery: createDryRun(preview, {
      show: (requests) => panel.show(requests),
      answer: () => panel.answer(),
    }),
    css,
    attach(root, form) {
      if (form.lang !== (current?.lang ?? 'ru')) panel = createPanel(form.lang)
      current = form
      root.prepend(panel.head)
      root.append(panel.foot)
    },
  }

  function createPanel(lang: string): TestPanel {
    return createTestPanel(/^ru\b/.test(lang) ? testModeRu : testModeEn, () =>
      current?.setValues(sampleValues(current.definition)),
    )
  }
}
