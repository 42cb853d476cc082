import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { hashPassword } from '../../runtime/password-hash.ts'
import { CommandError, type StandaloneCommand } from '../command.ts'

/** A shorter password is found by trying. */
const minLength = 10

/** Prints the hash of a password, for `console.users`. */
export const passwordCommand: StandaloneCommand = {
  words: ['password'],
  usage: '',
  summary: 'asks for a password, or reads it from its input, and prints the hash for "console.users"',
  options: {},
  standalone: true,

  async run() {
    const password = await readPassword()
    if (Array.from(password).length < minLength)
      throw new CommandError(`password: expected ${minLength} characters or more. Nothing was printed.`)
    process.stdout.write(`${await hashPassword(password)}\n`)
    return 0
  },
}

/** Reads one line. What is typed is not shown. */
async function readPassword(): Promise<string> {
  const isTyped = process.stdin.isTTY
  if (isTyped) process.stderr.write('Password: ')
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTyped })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
    if (isTyped) process.stderr.write('\n')
  }
}
