import { randomBytes } from 'node:crypto'
import type { StandaloneCommand } from '../command.ts'

/** Prints a new key for `dataKeys` or `searchKey`. */
export const keyCommand: StandaloneCommand = {
  words: ['key'],
  usage: '',
  summary: 'prints a new key for "dataKeys" or "searchKey": 32 random bytes in base64',
  options: {},
  standalone: true,

  async run() {
    process.stdout.write(`${randomBytes(32).toString('base64')}\n`)
    return 0
  },
}
