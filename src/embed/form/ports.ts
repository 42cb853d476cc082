import type { FormTexts } from '../../i18n/texts.ts'
import { describeException } from '../../lead/describe-exception.ts'
import { report } from '../options/report.ts'
import type { Attribution } from '../../lead/attribution.ts'
import { createLeadIdentity } from '../../lead/lead-identity.ts'
import type { ActionPorts, FormPorts } from '../../state/form-ports.ts'
import { consentText } from '../../ui/consents.tsx'
import type { Dispatcher } from '../events/dispatcher.ts'
import { readAttribution } from '../attribution/attribution.ts'
import type { ParsedOptions } from '../options/options.ts'
import { createVisitStore } from '../attribution/visit-store.ts'

/** What a form needs from its page. */
export interface PagePorts extends FormPorts, Pick<ActionPorts, 'onException'> {
  /** Where the person came from. */
  attribution(): Attribution
  /** Records the visit, unless that is done. */
  close(): void
}

/** Creates what a form needs from its page. `options` returns the current ones, which may change at any time. */
export function createPagePorts(
  options: () => ParsedOptions,
  texts: FormTexts,
  dispatcher: Dispatcher,
): PagePorts {
  const store = createVisitStore(() => sessionStorage, {
    days: options().attributionDays ?? 0,
    storage: () => localStorage,
    now: () => Date.now(),
  })
  const read = (page: { readonly url: string; readonly referrer: string }): Attribution =>
    readAttribution(options(), { ...page, cookie: readCookie(), store })
  // Kept now, because the page may remove the parameters from its URL before the form is sent.
  const arrival = readPage()
  const recordVisit = onceLater(() => void read(arrival))
  const attribution = (): Attribution => {
    recordVisit()
    return read(readPage())
  }
  return {
    now: () => new Date(),
    identify: () => createLeadIdentity(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
    consentText: (consent) => consentText(consent, texts),
    onEvent: (event) => dispatcher.emit(event),
    // Here, because two files on demand need the description.
    onException: (exception) => report(`an application cannot be sent (${describeException(exception)})`),
    attribution,
    close: recordVisit,
  }
}

/** When a visit is recorded after the form is shown, in milliseconds: cookies and storage take long on a phone. */
const recordDelayMs = 1000

/** Runs an action once: after a delay, when the page is left, or when the returned function is called. */
function onceLater(action: () => void): () => void {
  let done = false
  const timer = setTimeout(run, recordDelayMs)
  addEventListener('pagehide', run)
  function run(): void {
    if (done) return
    done = true
    clearTimeout(timer)
    removeEventListener('pagehide', run)
    action()
  }
  return run
}

function readPage(): { readonly url: string; readonly referrer: string } {
  return { url: location.href, referrer: document.referrer }
}

/** The page's cookies. A frame with an origin of its own has none, and reading them throws. */
function readCookie(): string {
  try {
    return document.cookie
  } catch {
    return ''
  }
}
