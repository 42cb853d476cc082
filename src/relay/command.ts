import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CommandError, type Command, type CommandLine, type CommandPorts } from './commands/command-line.ts'
import { checkCommand } from './commands/check-configuration.ts'
import { fiveCrmCommands } from './commands/fivecrm-lists.ts'
import { placesImportCommand } from './commands/places-import.ts'
import { placesUnmatchedCommand } from './commands/places-unmatched.ts'
import { previewCommand } from './commands/preview-lead.ts'
import { serveCommand } from './commands/serve-relay.ts'
import { ConfigError } from './config.ts'
import { FolderInUse } from './folder-lock.ts'
import { PlaceFileError } from './places/import/place-file-error.ts'
import { version } from './version.ts'

/** Every command; of two that fit, the one with more words is meant. */
const commands: readonly Command[] = [
  serveCommand,
  checkCommand,
  previewCommand,
  placesImportCommand,
  placesUnmatchedCommand,
  ...fiveCrmCommands,
]

const name = 'anketa-relay'

/** Reads the arguments, runs the command that they name, and returns the exit code. */
export async function runCommand(args: readonly string[], ports: CommandPorts): Promise<number> {
  const read = readArguments(args)
  if (typeof read === 'number') return read
  try {
    return await read.command.run(read.line, ports)
  } catch (error) {
    process.stderr.write(`${explain(error, read.line.config)}\n`)
    return 1
  }
}

function readArguments(
  args: readonly string[],
): { readonly command: Command; readonly line: CommandLine } | number {
  const firstOption = args.findIndex((arg) => arg.startsWith('-'))
  const words = firstOption < 0 ? args : args.slice(0, firstOption)
  const command = commands
    .toSorted((one, other) => other.words.length - one.words.length)
    .find((one) => one.words.every((word, index) => words[index] === word))
  if (!command || (command.words.length === 0 && words.length > 0)) {
    return wrong(`there is no command "${words.join(' ')}"`)
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
      allowPositionals: command.rest !== undefined,
    })
    const { config, help, version: wantsVersion, ...options } = values
    if (help || wantsVersion) {
      process.stdout.write(help ? helpText() : `${version}\n`)
      return 0
    }
    if (typeof config !== 'string') return wrong('which configuration? --config FILE')
    if (command.rest !== undefined && positionals.length === 0) {
      return wrong(`${command.words.join(' ')}: expected ${command.rest}`)
    }
    return { command, line: { config: resolve(config), options, rest: positionals } }
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error))
  }
}

function wrong(problem: string): 2 {
  process.stderr.write(`${name}: ${problem}\n\n${helpText()}`)
  return 2
}

function helpText(): string {
  const lines = commands.flatMap(({ words, usage, summary, options }) => [
    '',
    `  ${[name, ...words, usage].join(' ')}`,
    `      ${summary}`,
    ...Object.entries(options).map(
      ([key, { type, about }]) => `      --${key}${type === 'string' ? ' …' : ''}  ${about}`,
    ),
  ])
  return `${name} ${version}: takes loan applications in, stores them and delivers them.
${lines.join('\n')}

  -c, --config FILE   the relay's configuration (JSON)
  -h, --help          this text
  -v, --version       the version

Exit codes: 0 done, or stopped on request; 1 it could not be done; 2 wrong arguments.
`
}

function explain(error: unknown, file: string): string {
  if (error instanceof ConfigError) return `${file}: ${error.message}`
  if (error instanceof FolderInUse || error instanceof CommandError) return error.message
  if (error instanceof PlaceFileError) return `Nothing was changed. ${error.message}`
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return `A file is missing: ${error.message}`
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `Another program listens on this port: ${error.message}`
  return `It could not be done: ${error instanceof Error ? error.message : String(error)}`
}
