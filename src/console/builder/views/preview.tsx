import { useSignal, useSignalEffect } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FormHandle } from '../../../embed/form/form-handle.ts'
import { mountForm } from '../../../embed/form/mount.ts'
import { looks as knownLooks } from '../../../embed/options/options-table.ts'
import type { LeadValues } from '../../../lead/values.ts'
import { useBuilder } from '../builder-context.ts'
import { previewForm } from '../model/preview-form.ts'
import { CheckInput } from './inputs.tsx'

/** Reads what was entered in the preview. The same object as long as the preview is shown. */
export interface ValueReader {
  current: () => LeadValues
}

/** How long the form is left alone while somebody types. */
const settleMs = 250

/** How long a form takes to show another step, at most. */
const followMs = 500

/** Where the preview is not beside the settings: as in the styles. */
const stackedLayout = '(max-width: 1120px)'

/** The properties whose colours are compared. */
const shownNames = ['accent', 'on-accent', 'link', 'surface', 'text', 'muted', 'soft'] as const

/** The form as a person sees it, in test mode: nothing leaves the page. It has a style root of its own. */
export function Preview({ valueReader }: { readonly valueReader: ValueReader }) {
  const { model, texts: allTexts, language, shownColors } = useBuilder()
  const texts = allTexts.value.preview
  const host = useRef<HTMLDivElement>(null)
  const handle = useRef<FormHandle | undefined>(undefined)
  const isPhone = useSignal(true)
  const ownTheme = useSignal<'light' | 'dark' | undefined>(undefined)
  const isFollowing = useSignal(true)
  const isStale = useSignal(false)
  const chosenTheme = model.looks.value.theme
  const theme = ownTheme.value ?? (chosenTheme === 'dark' ? 'dark' : 'light')

  const following = useRef<ReturnType<typeof setTimeout>>(undefined)
  // With the view, and not a frame after it: its form would go on, and another one would get its values.
  useLayoutEffect(() => {
    valueReader.current = () => handle.current?.state.values ?? {}
    return () => {
      valueReader.current = () => ({})
      handle.current?.destroy()
      handle.current = undefined
      clearTimeout(following.current)
    }
  }, [valueReader])

  useSignalEffect(() => {
    const { value: form } = model.form
    const { look, colors } = model.looks.value
    const shownTheme = ownTheme.value ?? (model.looks.value.theme === 'dark' ? 'dark' : 'light')
    const { value: locale } = language
    const timer = setTimeout(() => {
      const { current: container } = host
      if (!container) return
      for (const name of shownNames) container.style.removeProperty(`--anketa-${name}`)
      for (const [name, color] of Object.entries(colors))
        container.style.setProperty(`--anketa-${name}`, color)
      const shown = previewForm(form)
      isStale.value = shown === undefined
      const knownLook = knownLooks.find((known) => known === look) ?? 'plain'
      const options = {
        theme: shownTheme,
        look: knownLook,
        locale,
        ...(shown ? { form: JSON.stringify(shown) } : {}),
      }
      if (handle.current) handle.current.update(options)
      else if (shown) handle.current = mountForm(container, { ...options, test: true })
      const { current } = handle
      current?.ready.then(
        () => {
          followSelection(current)
          readColors(container)
        },
        // It has been reported in the form's place.
        () => undefined,
      )
    }, settleMs)
    return () => clearTimeout(timer)
  })

  useSignalEffect(() => {
    // Read for the effect to run again.
    if (model.selection.value && isFollowing.value && handle.current) followSelection(handle.current)
  })

  function followSelection(shown: FormHandle): void {
    const selection = model.selection.peek()
    const step = 'step' in selection ? model.form.peek().steps[selection.step] : undefined
    if (!isFollowing.peek() || !step || shown.state.step === step.id) return
    const { current: container } = host
    const view = container?.ownerDocument.defaultView
    // Below the settings it would scroll the page away from them.
    if (!container || view?.matchMedia(stackedLayout).matches) return
    // A form takes the focus along to its next step. Here that step follows somebody who works beside it.
    const isInside = container.contains(container.ownerDocument.activeElement)
    container.inert = !isInside
    shown.goTo(step.id)
    clearTimeout(following.current)
    following.current = setTimeout(() => {
      container.inert = false
    }, followMs)
  }

  function readColors(container: HTMLElement): void {
    const form = [...container.children]
      .map((child) => (child.shadowRoot ?? child).querySelector('.anketa'))
      .find((found) => found !== null)
    if (!form) return
    const probe = form.ownerDocument.createElement('span')
    form.append(probe)
    const colors = shownNames.map((name) => {
      // As the styles themselves choose the text on a button.
      probe.style.color = `var(--a-${name})`
      return [name, getComputedStyle(probe).color]
    })
    probe.remove()
    shownColors.value = Object.fromEntries(colors)
  }

  return (
    <section class="panel preview" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <div class="tools">
        <fieldset class="choice" aria-label={texts.width}>
          {([true, false] as const).map((phone) => (
            <button
              key={String(phone)}
              type="button"
              class="button"
              aria-pressed={isPhone.value === phone}
              onClick={() => (isPhone.value = phone)}
            >
              {phone ? texts.phone : texts.wide}
            </button>
          ))}
        </fieldset>
        <fieldset class="choice" aria-label={texts.theme}>
          {(['light', 'dark'] as const).map((name) => (
            <button
              key={name}
              type="button"
              class="button"
              aria-pressed={theme === name}
              onClick={() => (ownTheme.value = name)}
            >
              {texts[name]}
            </button>
          ))}
        </fieldset>
      </div>
      <CheckInput
        label={texts.follow}
        checked={isFollowing.value}
        onChange={(follow) => (isFollowing.value = follow)}
      />
      <p class="muted small" role="status">
        {isStale.value ? texts.stale : texts.note}
      </p>
      <div class="preview-page" data-theme={theme}>
        <div ref={host} class={isPhone.value ? 'preview-form preview-phone' : 'preview-form'} />
      </div>
    </section>
  )
}
