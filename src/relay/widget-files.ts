import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { version } from './version.ts'
import { readWidgetScript, type WidgetScript } from './widget-script.ts'

/** All that the relay serves of the widget, by path. */
export type WidgetFiles = ReadonlyMap<string, WidgetScript>

/** Addresses of the widget itself: one that always has the newest, and one that never changes. */
const ownPaths: readonly string[] = ['/anketa.js', `/anketa-${version}.js`]

/** Reads the widget's file, and what stands beside it: `anketa-stub.js`, and its parts, `anketa-<version>-<part>.js`. */
export async function readWidgetFiles(file: string | URL): Promise<WidgetFiles> {
  const path = file instanceof URL ? fileURLToPath(file) : file
  const folder = dirname(path)
  const parts = (await readdir(folder)).filter((name) => name !== basename(path) && servedName.test(name))
  const widget = await readWidgetScript(path)
  return new Map([
    ...(await Promise.all(
      parts.map(async (name) => [`/${name}`, await readWidgetScript(join(folder, name))] as const),
    )),
    ...ownPaths.map((own) => [own, widget] as const),
  ])
}

/** A part of the script, or what keeps a page's calls until the script is there. */
const servedName = /^anketa-(?:stub|\d[\w.+-]*-[a-z]+)\.js$/
