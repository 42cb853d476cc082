import type { FormTexts } from '../../i18n/texts.ts'
import type { Delivery } from '../../lead/delivery.ts'
import type { Attribution } from '../../lead/attribution.ts'
import { createLeadIdentity, toHex } from '../../lead/lead-identity.ts'
import type { FormPorts } from '../../state/form-ports.ts'
import { consentText } from '../../ui/consents.tsx'
import type { Dispatcher } from '../events/dispatcher.ts'
import { readAttribution } from '../attribution/attribution.ts'
import type { ParsedOptions } from '../options/options.ts'
import { createVisitStore } from '../attribution/visit-store.ts'

/** What a form gets from its page. `options` gives those of now: marks may change while a form is filled in. */
export function createFormPorts(
  options: () => ParsedOptions,
  delivery: Delivery,
  texts: FormTexts,
  announcer: Dispatcher,
  onOutdated: () => void,
): FormPorts {
  const store = createVisitStore(() => sessionStorage, {
    days: options().attributionDays ?? 0,
    storage: () => localStorage,
    now: () => Date.now(),
  })
  const attribution = (): Attribution => {
    const { href: url } = location
    const { referrer, cookie } = document
    return readAttribution(options(), { url, referrer, cookie, store })
  }
  // The marks are remembered now: the page may lose them from its address before the form is sent.
  attribution()
  return {
    ...delivery,
    version: __ANKETA_VERSION__,
    now: () => new Date(),
    identify: () => createLeadIdentity(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
    origin: () => ({ url: location.origin + location.pathname, attribution: attribution() }),
    async digest(text) {
      // Pages without https have no digest.
      if (!isSecureContext) return undefined
      return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
    },
    consentText: (consent) => consentText(consent, texts),
    onOutdated,
    beforeSubmit: ({ id, values }) => announcer.confirmSubmit({ leadId: id, values }),
    onEvent: (event) => announcer.emit(event),
  }
}
