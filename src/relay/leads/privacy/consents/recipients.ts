import type { Queryable } from '../../../database/database.ts'
import type { Destination } from '../../../destinations/destination.ts'
import { hashLeadId } from '../../../runtime/hash.ts'

/** Names a recipient of leads as receipts store it: `devtek-1a2b3c4d`, `admitad main, campaigns 17809, 17288`. */
export function nameRecipient({
  key,
  provider,
  campaigns,
}: Pick<Destination, 'key' | 'provider' | 'campaigns'>): string {
  const name = key.startsWith(provider) ? key : `${provider} ${key}`
  return campaigns ? `${name}, campaigns ${campaigns.ids.join(', ')}` : name
}

const titles: Readonly<Record<string, string>> = {
  devtek: 'Devtek',
  admitad: 'Admitad',
  lotinfo: 'Lotinfo',
  fivecrm: '5CRM',
}

/** A stored recipient in words for people. What has another form stays as it is. */
export function describeRecipient(stored: string): string {
  const [, provider = '', key, campaigns] =
    /^([a-z]+)(?:-[0-9a-f]{8}(?:-\d+)?| (.+?))?(?:, campaigns (.+))?$/.exec(stored) ?? []
  if (provider === '') return stored
  const title = titles[provider]
  const name = key === undefined ? (title ?? provider) : title === undefined ? key : `${title} (${key})`
  if (campaigns === undefined) return name
  return `${name}, ${campaigns.includes(',') ? 'программы' : 'программа'} ${campaigns}`
}

/** To whom a revision goes, as stored with it: none for leads of an early relay. */
export async function loadRecipients(
  source: Queryable,
  lead: string,
  revision: number,
): Promise<readonly string[]> {
  const rows = await source.query<{ readonly recipients: readonly string[] | null }>(
    `select recipients from anketa.consents_to_prove where lead = $1 and revision = $2
     union all select recipients from anketa.consent_proofs where lead_hash = $3 and revision = $2`,
    [lead, revision, hashLeadId(lead)],
  )
  return rows.find(({ recipients }) => recipients !== null)?.recipients ?? []
}
