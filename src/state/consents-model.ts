import { createModel, signal } from '@preact/signals-core'
import type { ConsentDefinition } from '../form/definition.ts'

/** A consent of the form, and when its box was ticked: ISO 8601 with the person's own offset. */
export interface ConsentState {
  readonly consent: ConsentDefinition
  /** `undefined` while the box is not ticked. */
  readonly acceptedAt: string | undefined
}

/** The consents of a form. Only the person's own tick gives one; options, prefilled values and resets never do. */
export const ConsentsModel = createModel((definitions: readonly ConsentDefinition[], now: () => Date) => {
  const accepted = Object.fromEntries(
    definitions.map(({ id }) => [id, signal<string | undefined>(undefined)]),
  )
  const missing = signal<ReadonlySet<string>>(new Set())
  const withdrawals = signal(0)
  return {
    /** When each box was ticked, by the consent's id. */
    accepted,
    /** Ids of the required consents that the last review found without a tick. */
    missing,
    /** How often the person has taken back a required consent. */
    withdrawals,
    tick(id: string, ticked: boolean) {
      const consent = accepted[id]
      if (!consent) return
      consent.value = ticked ? formatLocalTime(now()) : undefined
      if (!ticked && definitions.some((one) => one.id === id && one.required)) withdrawals.value += 1
      if (ticked) missing.value = new Set([...missing.value].filter((other) => other !== id))
    },
    /** Marks the required consents without a tick as missing, and returns their ids. */
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
    /** Restores the ticks of another form. A tick counts only for the same subject: `subjectOf` identifies it. */
    restore(ticks: ReadonlyMap<string, string>, subjectOf: (consent: ConsentDefinition) => string) {
      for (const consent of definitions) {
        const tick = accepted[consent.id]
        if (tick) tick.value = ticks.get(subjectOf(consent))
      }
    },
    clear() {
      for (const consent of Object.values(accepted)) consent.value = undefined
      missing.value = new Set()
    },
  }
})

/** See {@link ConsentsModel}. */
export type ConsentsModel = InstanceType<typeof ConsentsModel>

/** ISO 8601 to the second, with the offset of the person's own clock. */
export function formatLocalTime(instant: Date): string {
  const offset = -instant.getTimezoneOffset()
  const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, 19)
  const two = (count: number): string => String(Math.floor(Math.abs(count))).padStart(2, '0')
  return `${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`
}
