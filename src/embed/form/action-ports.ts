import type { Delivery } from '../../lead/delivery.ts'
import { describeException } from '../../lead/describe-exception.ts'
import { toHex } from '../../lead/lead-identity.ts'
import type { ActionPorts } from '../../state/form-ports.ts'
import { waitForConnection } from '../connection/wait-for-connection.ts'
import type { Dispatcher } from '../events/dispatcher.ts'
import type { FormTexts } from '../../i18n/texts.ts'
import { readHiddenField } from '../../ui/fields/hidden-field.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'
import type { PagePorts } from './ports.ts'

/** Called with the names of what was found wrong and the form does not ask for. */
export type UnassignedIssueHandlers = Pick<ActionPorts, 'onOutdated' | 'onUnknownFields'>

/** What the ports of a form's actions are created from. */
export interface ActionPortsOptions extends UnassignedIssueHandlers {
  readonly options: () => ParsedOptions
  readonly delivery: Delivery
  /** The address of the form on its relay, if its leads go there. */
  readonly relay: string | undefined
  readonly dispatcher: Dispatcher
  readonly page: PagePorts
  readonly texts: FormTexts
  /** What the form is rendered into. */
  readonly root: ParentNode
}

/** Creates what the actions of a form need from its page. */
export function createActionPorts({
  options,
  delivery,
  dispatcher,
  page,
  texts,
  root,
  ...unassigned
}: ActionPortsOptions): ActionPorts {
  return {
    ...page,
    confirm: delivery.confirm,
    send(lead, signal) {
      const website = readHiddenField(root)
      return delivery.send(website === '' ? lead : { ...lead, website }, signal)
    },
    limitedText: (seconds) => texts.limited?.(seconds) ?? texts.busy,
    repeating: {
      waitForConnection,
      repeatingText: (code) =>
        (code === 'network' ? texts.connection?.broken : texts.connection?.unavailable) ?? texts.failed,
    },
    version: __ANKETA_VERSION__,
    origin: () => ({
      url: location.origin + location.pathname,
      variant: options().variant,
      attribution: page.attribution(),
    }),
    async digest(text) {
      // Pages without HTTPS have no digest.
      if (!isSecureContext) return undefined
      return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
    },
    ...unassigned,
    validate(name, value, values) {
      try {
        const rule: unknown = Reflect.get(options().validate ?? {}, name)
        const message: unknown = typeof rule === 'function' && rule(value, values())
        return typeof message === 'string' && message ? message : undefined
      } catch (error) {
        // Its message may quote the value.
        report(`the rule "${name}" of the option "validate" failed (${describeException(error)})`)
        return undefined
      }
    },
    beforeSubmit: ({ id, values }) => dispatcher.confirmSubmit({ leadId: id, values }),
  }
}
