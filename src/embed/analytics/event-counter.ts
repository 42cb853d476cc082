import type { TrackedEvent } from './goals.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'

/** Where a relay counts what people do in a form, and what it gets: never a value, an id or an address. */
export interface StatisticsTarget {
  /** The relay's address for events. */
  readonly url: string
  /** The id of the step that is shown. */
  step(): string | undefined
  /** The code of what is wrong with a field. */
  code(field: string): string | undefined
  /** `utm_source` of the visit. */
  source(): string | undefined
}

/** Creates what tells a relay of the events of one form: each of them once, and that the page was left unless a lead was sent. */
export function createEventCounter(
  { url, step, code, source }: StatisticsTarget,
  variant: string | undefined,
  send: (url: string, body: string) => void,
): (event: TrackedEvent) => void {
  const sent = new Set<string>()
  let field: string | undefined
  let isFilling = false

  function count(
    event: string,
    details: { readonly step?: string | undefined; readonly [name: string]: unknown } = {},
  ): void {
    const key = `${event} ${details.step}`
    if (sent.has(key)) return
    sent.add(key)
    send(url, stringifyJson({ event, ...details, variant, source: source() }))
  }

  return (event) => {
    switch (event.type) {
      case 'view':
      case 'submit':
        return count(event.type)
      case 'start':
        isFilling = true
        // What a person has answered has been seen.
        count('view')
        return count('start')
      case 'step':
        return count('step', { step: event.id })
      case 'field':
        field = event.name
        return undefined
      case 'outcome':
        isFilling = ['verification', 'invalid'].includes(event.outcome)
        return undefined
      case 'leave': {
        if (!isFilling || sent.has('left')) return undefined
        // Once for a page that the browser shows again.
        sent.add('left')
        const found = field === undefined ? undefined : code(field)
        return count('leave', { step: step(), field, codes: found === undefined ? undefined : [found] })
      }
      case 'consent':
      case 'error':
      case 'offer':
        return undefined
    }
  }
}
