import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CommandError, type Command, type CommandArguments, type CommandDeps } from './command.ts'
import { checkCommand } from './check.ts'
import { fiveCrmCommands } from './fivecrm.ts'
import { placesImportCommand } from './places-import.ts'
import { placesUnmatchedCommand } from './places-unmatched.ts'
import { previewCommand } from './preview.ts'
import { serveCommand } from './serve.ts'
import { ConfigError } from '../config/config.ts'
import { DirectoryInUseError } from '../database/directory-lock.ts'
import { PlaceFileError } from '../places/import/imported-places.ts'
import { version } from '../version.ts'

/** Every command; of two that fit, the one with more words is meant. */
const commands: readonly Command[] = [
  serveCommand,
  checkCommand,
  previewCommand,
  placesImportCommand,
  placesUnmatchedCommand,
  ...fiveCrmCommands,
]

const programName = 'anketa-relay'

/** Reads the arguments, runs the command that they name, and returns the exit code. */
export async function runCommand(args: readonly string[], ports: CommandDeps): Promise<number> {
  const read = parseArguments(args)
  if (typeof read === 'number') return read
  try {
    return await read.command.run(read.line, ports)
  } catch (error) {
    process.stderr.write(`${formatError(error, read.line.config)}\n`)
    return 1
  }
}

function parseArguments(
  args: readonly string[],
): { readonly command: Command; readonly line: CommandArguments } | number {
  const firstOption = args.findIndex((arg) => arg.startsWith('-'))
  const words = firstOption < 0 ? args : args.slice(0, firstOption)
  const command = commands
    .toSorted((one, other) => other.words.length - one.words.length)
    .find((one) => one.words.every((word, index) => words[index] === word))
  if (!command || (command.words.length === 0 && words.length > 0)) {
    return printUsageError(`there is no command "${words.join(' ')}"`)
  }
  try {
    const { values, positionals } = parseArgs({
      args: args.slice(command.words.length),
      options: {
        ...Object.fromEntries(Object.entries(command.options).map(([key, { type }]) => [key, { type }])),
        config: { type: 'string', short: 'c' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
      allowPositionals: command.positionals !== undefined,
    })
    const { config, help, version: wantsVersion, ...options } = values
    if (help || wantsVersion) {
      process.stdout.write(help ? formatHelp() : `${version}\n`)
      return 0
    }
    if (typeof config !== 'string') return printUsageError('which configuration? --config FILE')
    if (command.positionals !== undefined && positionals.length === 0) {
      return printUsageError(`${command.words.join(' ')}: expected ${command.positionals}`)
    }
    return { command, line: { config: resolve(config), options, positionals } }
  } catch (error) {
    return printUsageError(error instanceof Error ? error.message : String(error))
  }
}

function printUsageError(problem: string): 2 {
  process.stderr.write(`${programName}: ${problem}\n\n${formatHelp()}`)
  return 2
}

function formatHelp(): string {
  const lines = commands.flatMap(({ words, usage, summary, options }) => [
    '',
    `  ${[programName, ...words, usage].join(' ')}`,
    `      ${summary}`,
    ...Object.entries(options).map(
      ([key, { type, about }]) => `      --${key}${type === 'string' ? ' …' : ''}  ${about}`,
    ),
  ])
  return `${programName} ${version}: takes loan applications in, stores them and delivers them.
${lines.join('\n')}

  -c, --config FILE   the relay's configuration (JSON)
  -h, --help          this text
  -v, --version       the version

Exit codes: 0 done, or stopped on request; 1 it could not be done; 2 wrong arguments.
`
}

function formatError(error: unknown, file: string): string {
  if (error instanceof ConfigError) return `${file}: ${error.message}`
  if (error instanceof DirectoryInUseError || error instanceof CommandError) return error.message
  if (error instanceof PlaceFileError) return `Nothing was changed. ${error.message}`
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return `A file is missing: ${error.message}`
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `Another program listens on this port: ${error.message}`
  return `It could not be done: ${error instanceof Error ? error.message : String(error)}`
}
