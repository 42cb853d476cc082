import { randomBytes } from 'node:crypto'
import type { Clock } from 'pg-boss'
import type { FormDefinition } from '../../../../form/definition.ts'
import type { DeliverableLead } from '../../../../lead/lead.ts'
import type { Database } from '../../../database/database.ts'
import type { Encryption } from '../../../database/encryption/encryption.ts'
import { hashKey } from '../../../runtime/hash.ts'
import type { PdfLibrary } from './pdf-library.ts'
import { loadRecipients } from '../consents/recipients.ts'
import { renderSignedConsent } from './render-pdf.ts'

/** What signed consents depend on. */
export interface SignedConsentsDeps {
  /** The database that returns decrypted values. */
  readonly database: Database
  readonly encryption: Encryption
  readonly library: PdfLibrary
  /** The address of this relay, https. */
  readonly publicUrl: string
  readonly linkDays: number
  readonly clock: Clock
}

/** A revision of a lead that is about to be sent. */
export interface SignedRevision {
  readonly lead: DeliverableLead
  readonly revision: number
  readonly definition: Pick<FormDefinition, 'operator' | 'consents'>
}

/** PDFs of consents, each under an address that nobody can guess. */
export interface SignedConsents {
  /**
   * The address of the PDF of a revision, which is made if there is none. `undefined` if the person has consented to nothing,
   * if the address was revoked, or if the lead has no key yet.
   */
  addressFor(revision: SignedRevision): Promise<string | undefined>
  /** The PDF at an address; `undefined` if there is none any longer. */
  find(token: string): Promise<Buffer | undefined>
  /** Takes the PDFs of a lead away for good. Returns their number. */
  revoke(lead: string): Promise<number>
}

const dayMs = 24 * 3600 * 1000

/** Creates the PDFs' store. */
export function createSignedConsents(deps: SignedConsentsDeps): SignedConsents {
  const { database, encryption, library, publicUrl, linkDays, clock } = deps
  const addressOf = (token: string): string => `${publicUrl.replace(/\/+$/, '')}/signed/${token}`

  return {
    async addressFor({ lead, revision, definition }) {
      if (lead.consents.length === 0) return undefined
      const now = new Date(clock.now())
      // Those of the same revision come back, so that a repeated request is the same request.
      const [found] = await database.query<{ readonly token: string; readonly revoked: boolean }>(
        `select token, revoked from anketa.signed_consents
         where lead = $1 and revision = $2 and (revoked or expires_at > $3)`,
        [lead.id, revision, now],
      )
      if (found) return found.revoked ? undefined : addressOf(found.token)
      const keys = await encryption.loadKeys(database, [lead.id])
      if (!keys.has(lead.id)) return undefined
      const cipher = await encryption.cipherOf(database, lead.id)
      const token = randomBytes(16).toString('base64url')
      const recipients = await loadRecipients(database, lead.id, revision)
      const pdf = await renderSignedConsent(library, { lead, definition, recipients })
      await database.query('delete from anketa.signed_consents where expires_at <= $1 and not revoked', [now])
      const [stored] = await database.query<{ readonly token: string }>(
        `insert into anketa.signed_consents (token_hash, lead, revision, token, pdf, expires_at)
         values ($1, $2, $3, $4::jsonb, $5::jsonb, $6)
         on conflict (lead, revision) do update set expires_at = signed_consents.expires_at returning token`,
        [
          hashKey(token),
          lead.id,
          revision,
          cipher.seal(token),
          cipher.seal(pdf.toString('base64')),
          new Date(now.getTime() + linkDays * dayMs),
        ],
      )
      return stored && addressOf(stored.token)
    },

    async find(token) {
      const [row] = await database.query<{ readonly pdf: string }>(
        'select pdf from anketa.signed_consents where token_hash = $1 and expires_at > $2 and not revoked',
        [hashKey(token), new Date(clock.now())],
      )
      return row && Buffer.from(row.pdf, 'base64')
    },

    async revoke(lead) {
      const rows = await database.query(
        `update anketa.signed_consents set revoked = true, token = 'null', pdf = 'null'
         where lead = $1 and not revoked returning revision`,
        [lead],
      )
      return rows.length
    },
  }
}
