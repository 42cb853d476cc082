import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CommandError } from './command.ts'

/** A configuration's file as JSON, and how the files that it names are read. */
export interface ConfigFile {
  readonly candidate: unknown
  readonly readText: (path: string) => Promise<string>
}

/**
 * Reads a configuration. Files and folders in it are relative to it, wherever the command is started from, so the
 * process moves there.
 */
export async function readConfigFile(file: string): Promise<ConfigFile> {
  const text = await readFile(file, 'utf8')
  const folder = dirname(file)
  process.chdir(folder)
  return {
    candidate: parseConfigFile(text, file),
    readText: (path) => readFile(resolve(folder, path), 'utf8'),
  }
}

function parseConfigFile(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CommandError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
