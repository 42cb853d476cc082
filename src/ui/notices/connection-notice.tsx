import { useComputed, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FormView } from '../form-view.ts'

/** When the form says that sending takes long, in milliseconds. */
const slowMs = 8000

/** Says above the buttons that there seems to be no network, and that sending takes long. */
export function ConnectionNotice({ view }: { readonly view: FormView }) {
  const { model, live, texts } = view
  const own = texts.connection
  // The status also changes by a key after a failure, which must not render what stays the same.
  const sending = useComputed(() => model.status.value === 'sending').value
  const isSlow = useSignal(false)
  const wasOffline = useRef(false)
  const isOffline = useComputed(() => view.isOffline?.() ?? false).value
  const text = useComputed(() => {
    if (model.status.value === 'sending') return isSlow.value ? own?.slow : undefined
    // A lead that was not sent has an alert of its own.
    return view.isOffline?.() && model.status.value !== 'failed' ? own?.offline : undefined
  }).value

  useLayoutEffect(() => {
    if (!sending) return undefined
    const timer = setTimeout(() => (isSlow.value = true), slowMs)
    return () => {
      clearTimeout(timer)
      isSlow.value = false
    }
  }, [sending, isSlow])
  useLayoutEffect(() => {
    if (text) live.announceSoon(text)
    else if (own && wasOffline.current && !isOffline) live.announceSoon(own.online)
    wasOffline.current = isOffline
  }, [text, isOffline, live, own])

  if (!text) return null
  return (
    // The live region says it to screen readers.
    <p key={text} class="anketa-notice" part="notice connection" aria-hidden="true">
      {text}
    </p>
  )
}
