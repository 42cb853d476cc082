import { isLeadKey, isUuid, type LeadIdentity } from '../../lead/lead-identity.ts'

/** A lead whose request got no answer. */
export interface UnansweredLead extends LeadIdentity {
  /** It was the request with its code, so that the lead itself has arrived. */
  readonly isCode: boolean
  /** When the lead was sent last, by the clock of that moment. */
  readonly submittedAt?: Date | undefined
}

/**
 * While a POST is unanswered, the tab keeps the lead's key and the moment of its sending under the form's address and the
 * lead's id, so that a reload can learn what became of it. No value is ever in it.
 *
 *     anketa-unanswered <relay> <id> = <key> ["code"] [<ISO 8601>]
 */
const itemPrefix = (relay: string): string => `anketa-unanswered ${relay} `

/** An older lead is nothing that a person still waits for. */
const longestMs = 24 * 60 * 60_000

/** The ids of leads that a form of this page takes care of. */
const claimed = new Set<string>()

/** Keeps a lead whose request is about to be sent. */
export function keepUnanswered(relay: string, { id, key, isCode, submittedAt }: UnansweredLead): void {
  claimed.add(id)
  const parts = [key, isCode && 'code', submittedAt?.toISOString()]
  withStorage((storage) => storage.setItem(itemPrefix(relay) + id, parts.filter(Boolean).join(' ')))
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
    const [key = '', ...rest] = withStorage((storage) => storage.getItem(name) ?? undefined)?.split(' ') ?? []
    if (claimed.has(id)) continue
    const sentMs = Date.parse(rest.find((part) => part.endsWith('Z')) ?? '')
    // The id begins with the milliseconds at which it was made (RFC 9562 §5.7). The clock may have been set back since.
    const begunMs = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
    if (isUuid(id) && isLeadKey(key) && now - (sentMs || begunMs) < longestMs) {
      claimed.add(id)
      return { id, key, isCode: rest.includes('code'), submittedAt: sentMs ? new Date(sentMs) : undefined }
    }
    forgetUnanswered(relay, id)
  }
  return undefined
}

/** Forgets the leads of a form that no form of this page takes care of: the next person must not find them. */
export function forgetUnclaimed(relay: string): void {
  const prefix = itemPrefix(relay)
  withStorage((storage) => {
    for (const name of Object.keys(storage))
      if (name.startsWith(prefix) && !claimed.has(name.slice(prefix.length))) storage.removeItem(name)
  })
}

function withStorage<Result>(action: (storage: Storage) => Result): Result | undefined {
  try {
    return action(sessionStorage)
  } catch {
    // A frame with an origin of its own has no storage, and a full one takes nothing.
    return undefined
  }
}
