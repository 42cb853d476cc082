import { effect } from '@preact/signals-core'
import { isFieldName } from '../fields/fields.ts'
import { placeOf } from '../fields/place-parts.ts'
import type { FormTexts } from '../i18n/texts.ts'
import { FormModel } from '../state/form-model.ts'
import { renderForm } from '../ui/render.tsx'
import type { Announcer } from './announcer.ts'
import { applyTheme } from './appearance.ts'
import { createHost } from './create-host.ts'
import { createPorts } from './create-ports.ts'
import type { FormSource } from './form-source.ts'
import type { Speech } from './load-speech.ts'
import { loadVerification } from './on-demand.ts'
import type { AnyOptions } from './options/options.ts'
import { createPlaceLoader } from './place-loader.ts'
import { adoptStyles } from './styles.ts'

/** The state of a form that is shown. */
export type Model = InstanceType<typeof FormModel>

/** A form that is drawn. */
export interface ShownForm {
  readonly model: Model
  readonly texts: FormTexts
  readonly host: HTMLElement
  readonly root: HTMLElement | ShadowRoot
  close(): void
}

/** What a form is shown with. */
export interface FormSetup {
  readonly source: FormSource
  readonly speech: Speech
  /** Styles besides the form's own. */
  readonly appearance: string | undefined
  readonly options: () => AnyOptions
  readonly announcer: Announcer
  /** The receiver asks for more than the form does. */
  readonly onOutdated: () => void
}

/** How long after a form is shown its parts begin to load, in milliseconds: the page has more urgent things first. */
const patience = 1000

let count = 0

/** Draws a form in an element of its own, which is not on the page yet. */
export function showForm(
  container: Element,
  { source, speech, appearance, options, announcer, onOutdated }: FormSetup,
): ShownForm {
  const { delivery, test } = source
  const { lang, texts, translate } = speech
  const definition = translate(source.definition)
  const host = createHost(lang)
  const root = options().shadow === false ? host : host.attachShadow({ mode: 'open' })
  const scope = root instanceof ShadowRoot ? root : container.getRootNode()
  const cleanups: (() => void)[] = []
  let closed = false
  const adopt = (css?: string): void => {
    // Styles of a part may come when the form is gone.
    if (!closed)
      cleanups.push(adoptStyles(scope instanceof ShadowRoot ? scope : document, css, root === host))
  }
  adopt()
  for (const css of [appearance, test?.css]) if (css) adopt(css)

  count += 1
  const model = new FormModel(definition, createPorts(options, delivery, texts, announcer, onOutdated))
  const { relay, places } = options()
  const loadPlaceList = relay || places ? createPlaceLoader(options(), adopt) : undefined
  const view = {
    model,
    definition,
    texts,
    uid: `anketa-${count}`,
    readers: new Set<() => void>(),
    loadPlaceList,
    inPage: root === host,
    loadVerification: async () => {
      const { Step, css } = (await loadVerification(options().relay)).createVerificationPart(texts.code)
      adopt(css)
      return Step
    },
  }
  if (Object.keys(model.fields).some((name) => isFieldName(name) && placeOf(name))) {
    // By the time that a place is asked for, its list is here; a failure is met then, and tried again.
    const early = setTimeout(() => void loadPlaceList?.().catch(() => undefined), patience)
    cleanups.push(() => clearTimeout(early))
  }
  cleanups.push(
    () => model.destroy(),
    renderForm(view, root),
    effect(() => warnBeforeLeaving(model)),
  )
  applyTheme(root, options())
  test?.attach(root, { definition, setValues: model.setValues })
  return {
    model,
    texts,
    host,
    root,
    close() {
      closed = true
      for (const cleanup of cleanups.splice(0).reverse()) cleanup()
    },
  }
}

/** Asks before a page is left with answers in it: they are kept nowhere else. */
function warnBeforeLeaving({ touched, status }: Model): (() => void) | undefined {
  // A lead that is never confirmed is worth nothing.
  if (!touched.value || !['filling', 'failed', 'verification'].includes(status.value)) return undefined
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
  addEventListener('beforeunload', ask)
  return () => removeEventListener('beforeunload', ask)
}
