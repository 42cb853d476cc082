import type { AfterOutcome, Ending, EndingName, LenderOffer } from '../../../form/after-outcome.ts'
import { endings } from '../../../form/after-outcome.ts'
import type { FormDefinition } from '../../../form/definition.ts'
import { parseLogoAddress } from '../../../lead/links/logo-address.ts'
import { hashContent } from '../../runtime/hash.ts'

/** Where the logo of an offer comes from: bytes of the configuration, or an address that the relay fetches once. */
export type LogoSource =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }
  | { readonly url: string; readonly type: string }

/** A definition whose logos are files of the relay, below the form's address, with their sources by file name. */
export interface ServedLogos {
  readonly definition: FormDefinition
  readonly logos: ReadonlyMap<string, LogoSource>
}

/** The longest logo, in bytes. */
export const maxLogoBytes = 100 * 1024

/** The types of images, by the ending of their file. */
export const logoTypes: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
}

type ReadBytes = (path: string) => Promise<Uint8Array>

/** Replaces the logos of a definition by files of the relay. Reads those that are files, and fetches none. */
export async function serveLogos(
  definition: FormDefinition,
  readBytes: ReadBytes,
): Promise<ServedLogos | { readonly problems: readonly string[] }> {
  const { after } = definition
  if (!after) return { definition, logos: new Map() }
  const logos = new Map<string, LogoSource>()
  const problems: string[] = []

  async function serveOffer(offer: LenderOffer, path: string): Promise<LenderOffer> {
    if (offer.logo === undefined) return offer
    const found = await readLogo(offer.logo, readBytes)
    if ('problem' in found) {
      problems.push(`${path}.logo: ${found.problem}`)
      return offer
    }
    const name = `${await hashContent('bytes' in found ? found.bytes : found.url)}.${endingOf(found.type)}`
    logos.set(name, found)
    return { ...offer, logo: `logos/${name}` }
  }

  async function serveEnding(ending: Ending, name: EndingName): Promise<Ending> {
    if (!ending.offers) return ending
    const offers = ending.offers.map((offer, index) => serveOffer(offer, `after.${name}.offers.${index}`))
    return { ...ending, offers: await Promise.all(offers) }
  }

  const served: { -readonly [Name in keyof AfterOutcome]: AfterOutcome[Name] } = { ...after }
  for (const name of endings) {
    const ending = after[name]
    if (ending) served[name] = await serveEnding(ending, name)
  }
  return problems.length > 0 ? { problems } : { definition: { ...definition, after: served }, logos }
}

async function readLogo(
  logo: string,
  readBytes: ReadBytes,
): Promise<LogoSource | { readonly problem: string }> {
  const address = parseLogoAddress(logo)
  if (!address) return { problem: 'expected a file, an address https://… or data:image/…;base64,…' }
  if (address.kind === 'data') {
    const { data, isBase64, type } = address
    return limitBytes(Buffer.from(data, isBase64 ? 'base64' : 'utf8'), type)
  }
  const ending = /\.(\w+)(?:[?#].*)?$/.exec(logo)?.[1]?.toLowerCase() ?? ''
  if (address.kind === 'address') return { url: address.url, type: logoTypes[ending] ?? 'image/png' }
  const type = logoTypes[ending]
  if (type === undefined)
    return { problem: `expected a file that ends with ${Object.keys(logoTypes).join(', ')}` }
  try {
    return limitBytes(await readBytes(address.path), type)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return {
      problem: `the file that it names could not be read${code}; paths are relative to the configuration`,
    }
  }
}

function limitBytes(bytes: Uint8Array, type: string): LogoSource | { readonly problem: string } {
  return bytes.length > maxLogoBytes
    ? { problem: `expected at most ${maxLogoBytes / 1024} kB` }
    : { bytes: Uint8Array.from(bytes), type }
}

function endingOf(type: string): string {
  return Object.entries(logoTypes).find(([, known]) => known === type)?.[0] ?? 'png'
}
