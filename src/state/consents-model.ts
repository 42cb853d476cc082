import { createModel, signal } from '@preact/signals-core'
import type { ConsentDefinition } from '../form/definition.ts'
import { type ConsentState, formatLocalTime } from './collect-lead.ts'

/** The consents of a form. Only a person's own tick gives one: no option, prefill or reset can. */
export const ConsentsModel = createModel((definitions: readonly ConsentDefinition[], now: () => Date) => {
  const accepted = Object.fromEntries(
    definitions.map(({ id }) => [id, signal<string | undefined>(undefined)]),
  )
  const missing = signal<ReadonlySet<string>>(new Set())
  return {
    /** When each box was ticked, by id. */
    accepted,
    /** The required ones that a review found without a tick. */
    missing,
    tick(id: string, ticked: boolean) {
      const consent = accepted[id]
      if (!consent) return
      consent.value = ticked ? formatLocalTime(now()) : undefined
      if (ticked) missing.value = new Set([...missing.value].filter((other) => other !== id))
    },
    /** Marks what is missing and returns it. */
    review(): readonly string[] {
      const found = definitions
        .filter(({ id, required }) => required && !accepted[id]?.value)
        .map(({ id }) => id)
      missing.value = new Set(found)
      return found
    },
    states(): readonly ConsentState[] {
      return definitions.map((consent) => ({ consent, acceptedAt: accepted[consent.id]?.value }))
    },
    /** Takes ticks over from another form, by what was agreed to: another document, version or sentence needs a new one. */
    restore(ticks: ReadonlyMap<string, string>, agreedTo: (consent: ConsentDefinition) => string) {
      for (const consent of definitions) {
        const tick = accepted[consent.id]
        if (tick) tick.value = ticks.get(agreedTo(consent))
      }
    },
    clear() {
      for (const consent of Object.values(accepted)) consent.value = undefined
      missing.value = new Set()
    },
  }
})
