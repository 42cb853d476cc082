import { sharedWithParts } from '../../ui/shared-with-parts.ts'
import { parseUrl } from '../options/parse-url.ts'
import type { PartName } from './parts.ts'

interface PartModule<Part> {
  default(shared: typeof sharedWithParts): Part
}

// There is one only while the script is evaluated, and none where an optimiser of the page evaluates it.
const { currentScript } = document
const scriptUrl = currentScript instanceof HTMLScriptElement ? currentScript.src : ''

/**
 * Returns what loads a part, once: from beside the script itself, or from the relay of the form that asks. Rejects when
 * there is none at either; the next call tries again.
 */
export function partLoader<Part>(name: PartName): (relay?: string) => Promise<Part> {
  let loading: Promise<Part> | undefined
  let attempts = 0
  const load = async (relay = ''): Promise<Part> => {
    // Some browsers remember that a module did not load, by its address.
    const file = `anketa-${__ANKETA_VERSION__}-${name}.js${attempts > 0 ? `?${attempts}` : ''}`
    attempts += 1
    let cause: unknown
    for (const url of partAddresses(file, relay)) {
      try {
        const module: PartModule<Part> = await import(/* @vite-ignore */ url)
        return module.default(sharedWithParts)
      } catch (error) {
        cause = error
      }
    }
    throw new Error(`Anketa: ${file} could not be loaded`, { cause })
  }
  return (relay) =>
    (loading ??= load(relay).catch((error: unknown) => {
      loading = undefined
      throw error
    }))
}

/** Where a part may be. The relay's forms stand in a folder of their own, beside the script. */
function partAddresses(file: string, relay: string): readonly string[] {
  const script = scriptUrl || findScriptUrl()
  const form = relay ? parseUrl(relay, document.baseURI)?.href : undefined
  const found = [parseUrl(file, script), parseUrl(`../${file}`, form)]
  return [...new Set(found.flatMap((url) => url?.href ?? []))]
}

function findScriptUrl(): string | undefined {
  const name = /\/anketa(-\d[^/]*)?\.js([?#]|$)/
  return [...document.scripts].find(({ src }) => name.test(src))?.src
}
