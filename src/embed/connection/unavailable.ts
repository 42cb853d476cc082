import { signal } from '@preact/signals-core'
import { unavailableTexts } from '../../i18n/ru/common.ts'
import { renderUnavailable } from '../../ui/notices/unavailable-notice.tsx'
import { applyTheme } from '../appearance/appearance.ts'
import { adoptStyles } from '../appearance/styles.ts'
import type { ParsedOptions } from '../options/options.ts'
import { waitForConnection } from './wait-for-connection.ts'

/** Waits between the requests of a form that has not come yet, and says so below the content of its element. */
export interface UnavailableNotice {
  /** Waits for some milliseconds, for a sign of the connection, or for the person's press. */
  wait(ms: number): Promise<void>
  show(): void
  hide(): void
}

/** Creates the notice of the form in a container. */
export function createUnavailableNotice(container: Element, options: () => ParsedOptions): UnavailableNotice {
  const isAsking = signal(true)
  let askNow = (): void => undefined
  let hide: (() => void) | undefined

  function show(): () => void {
    const { locale = 'ru', theme = 'light', look = 'plain', stylesheet: file } = options()
    const lang = /^en\b/.test(locale) ? 'en' : 'ru'
    const host = document.createElement('div')
    host.lang = lang
    const root = host.attachShadow({ mode: 'open' })
    const dropStyles = adoptStyles({ root, host, inPage: false, file })
    renderUnavailable(root, unavailableTexts[lang], isAsking, () => askNow())
    applyTheme(root, host, { theme, look })
    container.append(host)
    return () => {
      dropStyles()
      host.remove()
    }
  }

  return {
    async wait(ms) {
      const pause = new AbortController()
      askNow = () => pause.abort()
      isAsking.value = false
      await waitForConnection(ms, pause.signal)
      isAsking.value = true
    },
    show() {
      hide ??= show()
    },
    hide() {
      hide?.()
      hide = undefined
    },
  }
}
