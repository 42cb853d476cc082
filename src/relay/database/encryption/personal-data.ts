import type { DeliverableLead } from '../../../lead/lead.ts'
import type { Outcome } from '../../../lead/outcome.ts'
import type { LeadValues } from '../../../lead/values.ts'
import type { LeadCipher } from './encryption.ts'
import type { ContactHasher } from './key-ring.ts'
import type { Sealed } from './sealed.ts'

/** A revision of a lead as it came. */
export interface RevisionContent extends DeliverableLead {
  /** The version of the widget. */
  readonly widget: string
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
}

/** Keyed hashes of what a person is found by. */
export interface HashedContacts {
  readonly phone: string | null
  /** Those of the phone and of the e-mail addresses. */
  readonly hashes: readonly string[]
  /** That of the last name, for the console. It is erased with the lead. */
  readonly name: string | null
  /** Names the key. */
  readonly keyId: string
}

/** A revision of a lead as it is stored: what tells of the person is encrypted. */
export interface SealedRevision {
  readonly lead: string
  readonly values: Sealed
  /** Documents and moments. They are the proof that stays when a lead is erased. */
  readonly consents: RevisionContent['consents']
  readonly attribution: Sealed
  readonly page: Sealed
  readonly widget: string
  readonly receivedAt: Date
  readonly ip: Sealed | null
  readonly userAgent: Sealed | null
  readonly contacts: HashedContacts
}

/** Parameters that tell of a campaign, not of a person. Operators count and filter leads by them. */
const campaignParameters = /^(utm_(source|medium|campaign)|channel|subId[1-5])$/

/** Encrypts a revision. */
export function sealRevision(
  lead: RevisionContent,
  cipher: LeadCipher,
  contacts: HashedContacts,
): SealedRevision {
  const { id, values, consents, attribution, page, widget, receivedAt, ip, userAgent } = lead
  return {
    lead: id,
    values: cipher.seal(values),
    consents,
    attribution: cipher.seal(
      attribution,
      Object.fromEntries(Object.entries(attribution).filter(([name]) => campaignParameters.test(name))),
    ),
    page: sealPage(page, cipher),
    widget,
    receivedAt,
    ip: ip === undefined ? null : cipher.seal(ip),
    userAgent: userAgent === undefined ? null : cipher.seal(userAgent),
    contacts,
  }
}

/** Encrypts what a revision says of its page. */
export function sealPage(page: RevisionContent['page'], cipher: LeadCipher): Sealed {
  return cipher.seal(page, page.variant === undefined ? {} : { variant: page.variant })
}

/** The keyed hashes of a lead's phone, e-mail addresses and last name. */
export function hashContacts(
  { phone, email, emailSecond, lastName }: LeadValues,
  hasher: ContactHasher,
): HashedContacts {
  const phoneHash = typeof phone === 'string' && phone !== '' ? hasher.hash('phone', phone) : null
  const hashes = [email, emailSecond].flatMap((address) =>
    typeof address === 'string' && address !== '' ? [hasher.hash('email', address)] : [],
  )
  return {
    phone: phoneHash,
    hashes: [...new Set([...(phoneHash === null ? [] : [phoneHash]), ...hashes])],
    name: lastName === undefined || lastName.trim() === '' ? null : hasher.hash('name', lastName),
    keyId: hasher.keyId,
  }
}

/**
 * Stores contacts as a part of a statement. `source` has the lead's id; `hashes` and `keyId` are the numbers of parameters.
 */
export function insertContactsSql(
  source: string,
  { hashes, keyId }: { readonly hashes: number; readonly keyId: number },
): string {
  return `insert into anketa.lead_contacts (lead, hash, key_id)
    select source.id, hash, $${keyId} from (${source}) source, unnest($${hashes}::text[]) as hash
    on conflict (hash, lead) do nothing`
}

/** The outcome of a delivery as it is stored: what statements look at stays clear, a provider's sentences do not. */
export function sealOutcome(outcome: Outcome, cipher: LeadCipher): Sealed {
  const { progress } = outcome.outcome === 'accepted' ? outcome : {}
  return cipher.seal(outcome, {
    outcome: outcome.outcome,
    ...('mayHaveArrived' in outcome ? { mayHaveArrived: outcome.mayHaveArrived } : {}),
    ...(progress === undefined ? {} : { progress }),
  })
}
