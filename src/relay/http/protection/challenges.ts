import { createChallenge, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { integer, minValue, number, object, pipe, record, safeParse, string } from 'valibot'
import { parseJson } from '../../../providers/core/json.ts'
import { deriveSecret } from '../../runtime/hash.ts'
import { challengeSeconds, type Limiter } from './limiters.ts'
import type { LimitKeys } from './limit-keys.ts'

/** Challenges that cost a browser some time, and a sender of many leads a lot of it. */
export interface Challenges {
  /** A new challenge of a form, as JSON. */
  create(form: string): Promise<object>
  /** Whether a payload is a solved challenge of this form that nobody has used before. It is used by this. */
  accept(form: string, payload: string): Promise<boolean>
}

/** Iterations of PBKDF2 for one try: two milliseconds on a desktop of 2024, ten on a cheap phone. */
const cost = 5000

/** The number of tries that a solution takes. */
const minTries = 50
const maxTries = 250

/** What challenges depend on. */
export interface ChallengesDeps {
  /** A secret that the relays of one database share. */
  readonly secret: string
  readonly keys: LimitKeys
  /** Remembers which challenges have been used. */
  readonly used: Limiter
}

/** Creates the challenges. What they are made of is signed, so that the relay keeps nothing until one is used. */
export function createChallenges({ secret, keys, used }: ChallengesDeps): Challenges {
  const derive = (purpose: string): string => deriveSecret(secret, purpose, 32).toString('hex')
  const hmacSignatureSecret = derive('challenge')
  const hmacKeySignatureSecret = derive('challenge key')
  return {
    create: (form) =>
      createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost,
        counter: randomInt(maxTries, minTries),
        deriveKey,
        expiresAt: Math.floor(Date.now() / 1000) + challengeSeconds,
        data: { form },
        hmacSignatureSecret,
        hmacKeySignatureSecret,
      }),
    async accept(form, payload) {
      const parsed = parsePayload(payload)
      if (!parsed) return false
      const { challenge, solution } = parsed
      const { verified } = await verifySolution({
        challenge,
        solution,
        deriveKey,
        hmacSignatureSecret,
        hmacKeySignatureSecret,
      })
      if (!verified || challenge.parameters.data['form'] !== form) return false
      return (await used.consume(keys.challenge(challenge.signature))) === undefined
    },
  }
}

const text = string()
const count = pipe(number(), integer(), minValue(0))

const payloadSchema = object({
  challenge: object({
    parameters: object({
      algorithm: text,
      nonce: text,
      salt: text,
      cost: count,
      keyLength: count,
      keyPrefix: text,
      keySignature: text,
      expiresAt: count,
      data: record(text, text),
    }),
    signature: text,
  }),
  solution: object({ counter: count, derivedKey: text }),
})

/** Characters. A payload has some 900. */
const maxPayloadLength = 4000

/** Parses the JSON that a page sends in Base64. */
function parsePayload(payload: string) {
  if (payload.length > maxPayloadLength) return undefined
  const result = safeParse(payloadSchema, parseJson(Buffer.from(payload, 'base64').toString('utf8')))
  return result.success ? result.output : undefined
}
