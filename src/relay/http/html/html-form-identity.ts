import { createHmac } from 'node:crypto'
import { isSameHash } from '../../runtime/hash.ts'

/** Id and key of a lead from a plain HTML form. */
export interface HtmlFormIdentity {
  readonly id: string
  readonly key: string
}

/**
 * Derives the identity of a lead from what was sent, so that pressing the button twice sends the same lead. Only relays
 * that know the secret can do so: nobody else can guess the id of a person's lead from the person's data.
 * The id is a UUID of version 8 (RFC 9562: custom bits) whose second half authenticates the first.
 */
export function deriveHtmlFormIdentity(secret: string, content: string): HtmlFormIdentity {
  const hash = createHmac('sha256', secret).update(`content ${content}`).digest()
  const hex = hash.toString('hex')
  const half = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}`
  return { id: `${half}-${authenticate(secret, half)}`, key: hash.subarray(8).toString('base64url') }
}

/** Whether an id was derived from a plain HTML form with this secret. */
export function isHtmlFormId(secret: string, id: string): boolean {
  const [, half, rest] = /^([\da-f]{8}-[\da-f]{4}-8[\da-f]{3})-([\da-f]{4}-[\da-f]{12})$/i.exec(id) ?? []
  return (
    half !== undefined &&
    rest !== undefined &&
    isSameHash(authenticate(secret, half.toLowerCase()), rest.toLowerCase())
  )
}

function authenticate(secret: string, half: string): string {
  const hash = createHmac('sha256', secret).update(`id ${half}`).digest()
  const hex = hash.toString('hex')
  const variant = '89ab'.charAt((hash[0] ?? 0) & 3)
  return `${variant}${hex.slice(1, 4)}-${hex.slice(4, 16)}`
}
