import { isLeadKey, isUuid, type LeadIdentity } from '../../lead/lead-identity.ts'

/**
 * While a POST is unanswered, the tab keeps the lead's id and key under the form's address, so that a reload can learn what
 * became of it. No value is ever in it.
 */
const itemName = (relay: string): string => `anketa-unanswered ${relay}`

/** An older lead is nothing that a person still waits for. */
const longestMs = 24 * 60 * 60_000

/** The ids of leads that a form of this page takes care of. */
const claimed = new Set<string>()

/** Keeps a lead whose request is about to be sent. */
export function keepUnanswered(relay: string, { id, key }: LeadIdentity): void {
  claimed.add(id)
  withStorage((storage) => storage.setItem(itemName(relay), `${id} ${key}`))
}

/** Forgets a lead whose answer is known, unless another one has been sent since. */
export function forgetUnanswered(relay: string, { id }: LeadIdentity): void {
  withStorage((storage) => {
    if (storage.getItem(itemName(relay))?.startsWith(id)) storage.removeItem(itemName(relay))
  })
}

/** The form that took care of a lead is gone. Another one may find it. */
export function releaseUnanswered({ id }: LeadIdentity): void {
  claimed.delete(id)
}

/** The lead of a form that has got no answer yet and that no form of this page takes care of. It is claimed. */
export function claimUnanswered(relay: string, now: number): LeadIdentity | undefined {
  const [id = '', key = ''] =
    withStorage((storage) => storage.getItem(itemName(relay)) ?? undefined)?.split(' ') ?? []
  if (!isUuid(id) || !isLeadKey(key) || claimed.has(id)) return undefined
  // The id begins with the milliseconds at which it was made (RFC 9562 §5.7).
  const age = now - Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  if (Math.abs(age) < longestMs) {
    claimed.add(id)
    return { id, key }
  }
  forgetUnanswered(relay, { id, key })
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
