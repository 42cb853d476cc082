import type { FormTexts } from '../../i18n/texts.ts'
import type { Delivery } from '../../lead/delivery.ts'
import type { Attribution } from '../../lead/attribution.ts'
import { describeException } from '../../lead/describe-exception.ts'
import { createLeadIdentity, toHex } from '../../lead/lead-identity.ts'
import type { FormPorts } from '../../state/form-ports.ts'
import { consentText } from '../../ui/consents.tsx'
import type { Dispatcher } from '../events/dispatcher.ts'
import { readAttribution } from '../attribution/attribution.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'
import { createVisitStore } from '../attribution/visit-store.ts'

/** Called with the names of what was found wrong and the form does not ask for. */
export type UnassignedIssueHandlers = Pick<FormPorts, 'onOutdated' | 'onUnknownFields'>

/** Creates what a form needs from its page. `options` returns the current ones, which may change at any time. */
export function createFormPorts(
  options: () => ParsedOptions,
  delivery: Delivery,
  texts: FormTexts,
  dispatcher: Dispatcher,
  unassigned: UnassignedIssueHandlers,
): FormPorts {
  const store = createVisitStore(() => sessionStorage, {
    days: options().attributionDays ?? 0,
    storage: () => localStorage,
    now: () => Date.now(),
  })
  const attribution = (): Attribution => {
    const { href: url } = location
    const { referrer } = document
    return readAttribution(options(), { url, referrer, cookie: readCookie(), store })
  }
  // Recorded now, because the page may remove the parameters from its URL before the form is sent.
  attribution()
  return {
    ...delivery,
    version: __ANKETA_VERSION__,
    now: () => new Date(),
    identify: () => createLeadIdentity(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
    origin: () => ({
      url: location.origin + location.pathname,
      variant: options().variant,
      attribution: attribution(),
    }),
    async digest(text) {
      // Pages without HTTPS have no digest.
      if (!isSecureContext) return undefined
      return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
    },
    consentText: (consent) => consentText(consent, texts),
    ...unassigned,
    validate(name, value, values) {
      try {
        const rule: unknown = Reflect.get(options().validate ?? {}, name)
        const message: unknown = typeof rule === 'function' && rule(value, values())
        return typeof message === 'string' && message ? message : undefined
      } catch (error) {
        report(`the rule "${name}" of the option "validate" failed`, error)
        return undefined
      }
    },
    beforeSubmit: ({ id, values }) => dispatcher.confirmSubmit({ leadId: id, values }),
    onException: (exception) => report(`an application cannot be sent (${describeException(exception)})`),
    onEvent: (event) => dispatcher.emit(event, attribution),
  }
}

/** The page's cookies. A frame with an origin of its own has none, and reading them throws. */
function readCookie(): string {
  try {
    return document.cookie
  } catch {
    return ''
  }
}
