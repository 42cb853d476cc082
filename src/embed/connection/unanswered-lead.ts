import { isLeadKey, isUuid, type LeadIdentity } from '../../lead/lead-identity.ts'

/** A lead whose request got no answer. `isCode`: it was the request with its code, so that the lead itself has arrived. */
export interface UnansweredLead extends LeadIdentity {
  readonly isCode: boolean
}

/**
 * While a POST is unanswered, the tab keeps the lead's key under the form's address and the lead's id, so that a reload can
 * learn what became of it. No value is ever in it.
 */
const itemPrefix = (relay: string): string => `anketa-unanswered ${relay} `

/** An older lead is nothing that a person still waits for. */
const longestMs = 24 * 60 * 60_000

/** The ids of leads that a form of this page takes care of. */
const claimed = new Set<string>()

/** Keeps a lead whose request is about to be sent. */
export function keepUnanswered(relay: string, { id, key, isCode }: UnansweredLead): void {
  claimed.add(id)
  withStorage((storage) => storage.setItem(itemPrefix(relay) + id, isCode ? `${key} code` : key))
}

/** Forgets a lead whose answer is known, or that nobody waits for. */
export function forgetUnanswered(relay: string, id: string): void {
  withStorage((storage) => storage.removeItem(itemPrefix(relay) + id))
}

/** The form that took care of a lead is gone. Another one may find it. */
export function releaseUnanswered(id: string): void {
  claimed.delete(id)
}

/** The oldest lead of a form that has got no answer yet and that no form of this page takes care of. It is claimed. */
export function claimUnanswered(relay: string, now: number): UnansweredLead | undefined {
  const prefix = itemPrefix(relay)
  // Ids are in the order of their creation.
  const names = withStorage((storage) =>
    Object.keys(storage)
      .filter((name) => name.startsWith(prefix))
      .sort(),
  )
  for (const name of names ?? []) {
    const id = name.slice(prefix.length)
    const [key = '', kind] = withStorage((storage) => storage.getItem(name) ?? undefined)?.split(' ') ?? []
    if (claimed.has(id)) continue
    // The id begins with the milliseconds at which it was made (RFC 9562 §5.7).
    const age = now - Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
    if (isUuid(id) && isLeadKey(key) && Math.abs(age) < longestMs) {
      claimed.add(id)
      return { id, key, isCode: kind === 'code' }
    }
    forgetUnanswered(relay, id)
  }
  return undefined
}

function withStorage<Result>(action: (storage: Storage) => Result): Result | undefined {
  try {
    return action(sessionStorage)
  } catch {
    // A frame with an origin of its own has no storage, and a full one takes nothing.
    return undefined
  }
}
