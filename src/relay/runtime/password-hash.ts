import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** The cost of one hash: 32 MB of memory and some 100 ms (OWASP's recommendation for scrypt with less memory). */
const cost = { N: 2 ** 15, r: 8, p: 3 } as const

/** Hashes of other programs may cost more, up to this memory. */
const maxMemory = 256 * 1024 * 1024

const hashPattern = /^scrypt\$N=(\d{1,7}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{16,128})\$([\w-]{32,128})$/

interface ScryptHash {
  readonly N: number
  readonly r: number
  readonly p: number
  readonly salt: Buffer
  readonly hash: Buffer
}

/** Whether a text is a hash as `anketa-relay password` prints it. */
export function isPasswordHash(text: string): boolean {
  return parseHash(text) !== undefined
}

/** Hashes a password: `scrypt$N=32768,r=8,p=3$<salt>$<hash>`, both in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, { ...cost, salt, hash: Buffer.alloc(32) })
  const { N, r, p } = cost
  return `scrypt$N=${N},r=${r},p=${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/** Whether a password belongs to a hash. Without a hash it takes as long, and is false. */
export async function verifyPassword(password: string, text: string | undefined): Promise<boolean> {
  const parsed = text === undefined ? undefined : parseHash(text)
  const compared = parsed ?? { ...cost, salt: Buffer.alloc(16), hash: Buffer.alloc(32) }
  const derived = await derive(password, compared)
  return timingSafeEqual(derived, compared.hash) && parsed !== undefined
}

function parseHash(text: string): ScryptHash | undefined {
  const [, n = '', r = '', p = '', salt = '', hash = ''] = hashPattern.exec(text) ?? []
  const parsed = {
    N: Number(n),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  }
  const isPower = parsed.N >= 2 ** 10 && Number.isInteger(Math.log2(parsed.N))
  const fits = parsed.r > 0 && parsed.p > 0 && memoryOf(parsed) <= maxMemory
  return isPower && fits ? parsed : undefined
}

function memoryOf({ N, r }: Pick<ScryptHash, 'N' | 'r'>): number {
  return 128 * N * r
}

function derive(password: string, { N, r, p, salt, hash }: ScryptHash): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: memoryOf({ N, r }) + 16 * 1024 * 1024 }
    // One spelling of letters that keyboards write in two ways.
    scrypt(password.normalize('NFKC'), salt, hash.length, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
