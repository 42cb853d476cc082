import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ConfigError, parseConfig, type RelayConfig } from '../config/config.ts'
import { findRepeatedKeys } from '../config/values/repeated-keys.ts'
import { isFolder } from '../database/disk/is-folder.ts'
import { CommandError } from './command.ts'

/** A configuration's file as JSON, and a function that reads the files that it names. */
export interface ConfigFile {
  readonly candidate: unknown
  readonly readText: (path: string) => Promise<string>
  readonly readBytes: (path: string) => Promise<Uint8Array>
}

/**
 * Reads a configuration's file. Paths in it are relative to its folder, wherever the command is started from, so the
 * process changes to that folder.
 */
export async function readConfigFile(file: string): Promise<ConfigFile> {
  const text = await readFile(file, 'utf8')
  const folder = dirname(file)
  process.chdir(folder)
  return {
    candidate: parseConfigFile(text, file),
    readText: (path) => readFile(resolve(folder, path), 'utf8'),
    readBytes: (path) => readFile(resolve(folder, path)),
  }
}

/** A validated configuration, and the JSON that it was parsed from. */
export interface LoadedConfig {
  readonly config: RelayConfig
  readonly candidate: unknown
  readonly readText: ConfigFile['readText']
  readonly readBytes: ConfigFile['readBytes']
}

/** Reads and validates a configuration's file. Throws `ConfigError` if it cannot be used. */
export async function loadConfig(file: string): Promise<LoadedConfig> {
  const { candidate, readText, readBytes } = await readConfigFile(file)
  const config = await parseConfig(candidate, { env: process.env, readText, readBytes })
  const { database } = config
  if (database.engine === 'pglite' && !isFolder(database.folder))
    throw new ConfigError([
      'database: expected a folder after "pglite:", and this path is, or leads through, a file',
    ])
  return { config, candidate, readText, readBytes }
}

function parseConfigFile(text: string, file: string): unknown {
  let candidate: unknown
  try {
    candidate = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    // Some of the parser's sentences end with a quotation, which may be a secret.
    const fault = error instanceof Error ? error.message.replace(/, \.{0,3}"[\s\S]*$/, '') : String(error)
    throw new CommandError(`${file} is not JSON: ${fault}`)
  }
  const repeated = findRepeatedKeys(text)
  if (repeated.length > 0)
    throw new CommandError(
      `${file} has a key twice, of which only the last would count; give it once: ${repeated.join(', ')}`,
    )
  return candidate
}
