import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Command,
  type CommandArguments,
  type CommandDeps,
  type StandaloneCommand,
  UsageError,
} from './command.ts'
import { formatError } from './format-error.ts'
import { backupCommand } from './backup/backup.ts'
import { checkCommand } from './check.ts'
import { admitadCommands } from './providers/admitad.ts'
import { fiveCrmCommands } from './providers/fivecrm.ts'
import { placesImportCommand } from './places/places-import.ts'
import { placesUnmatchedCommand } from './places/places-unmatched.ts'
import { passportsImportCommand } from './places/passports-import.ts'
import { consentsVerifyCommand } from './leads/consents.ts'
import { leadsEraseCommand, leadsExportCommand } from './leads/persons.ts'
import { keyCommand } from './leads/key.ts'
import {
  leadsListCommand,
  leadsResolveCommand,
  leadsRetryCommand,
  leadsShowCommand,
} from './leads/lead-commands.ts'
import { passwordCommand } from './leads/password.ts'
import { presetCommand } from './forms/preset.ts'
import { previewCommand } from './forms/preview.ts'
import { reloadCommand } from './running/reload.ts'
import { messagesListCommand, messagesRetryCommand } from './messages.ts'
import { restoreCommand } from './backup/restore.ts'
import { serveCommand } from './serve.ts'
import { version } from '../runtime/version.ts'

/** All commands. Of two that match, the one with more words is run. */
const commands: readonly (Command | StandaloneCommand)[] = [
  serveCommand,
  reloadCommand,
  checkCommand,
  previewCommand,
  placesImportCommand,
  placesUnmatchedCommand,
  passportsImportCommand,
  ...fiveCrmCommands,
  ...admitadCommands,
  leadsListCommand,
  leadsShowCommand,
  leadsRetryCommand,
  leadsResolveCommand,
  leadsEraseCommand,
  leadsExportCommand,
  consentsVerifyCommand,
  messagesListCommand,
  messagesRetryCommand,
  backupCommand,
  restoreCommand,
  presetCommand,
  keyCommand,
  passwordCommand,
]

const programName = 'anketa-relay'

/** Parses the arguments, runs the command that they name, and returns the exit code. */
export async function runCommand(args: readonly string[], deps: CommandDeps): Promise<number> {
  const invocation = parseArguments(args)
  if (typeof invocation === 'number') return invocation
  try {
    return await invocation.run(deps)
  } catch (error) {
    if (error instanceof UsageError) return printUsageError(error.message, invocation.command)
    process.stderr.write(`${formatError(error, invocation.configFile)}\n`)
    return 1
  }
}

interface Invocation {
  /** The configuration's file, for messages. */
  readonly configFile: string
  readonly command: Command | StandaloneCommand
  run(deps: CommandDeps): Promise<number>
}

/** Returns what to run, or the exit code if there is nothing to run. */
function parseArguments(args: readonly string[]): Invocation | number {
  const firstOption = args.findIndex((arg) => arg.startsWith('-'))
  const words = firstOption < 0 ? args : args.slice(0, firstOption)
  const command = commands
    .toSorted((one, other) => other.words.length - one.words.length)
    .find((one) => one.words.every((word, index) => words[index] === word))
  if (!command || (command.words.length === 0 && words.length > 0)) {
    return printUsageError(`there is no command "${words.join(' ')}"`)
  }
  try {
    const { values, positionals, tokens } = parseArgs({
      tokens: true,
      args: args.slice(command.words.length),
      options: {
        ...Object.fromEntries(Object.entries(command.options).map(([key, { type }]) => [key, { type }])),
        config: { type: 'string', short: 'c' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
      allowPositionals: command.positionals !== undefined,
    })
    const { config, help, version: showVersion, ...options } = values
    if (help || showVersion) {
      process.stdout.write(help ? formatHelp() : `${version}\n`)
      return 0
    }
    const given = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []))
    const twice = given.find(({ name }, index) => given.findIndex((other) => other.name === name) < index)
    if (twice) return printUsageError(`--${twice.name}: give it once`, command)
    const empty = given.find(({ value }) => value === '')
    if (empty) return printUsageError(`--${empty.name}: expected a value`, command)
    if (!command.standalone && typeof config !== 'string') {
      return printUsageError('the configuration is missing: add --config FILE', command)
    }
    const { positionals: expected } = command
    const isOne = expected !== undefined && !expected.endsWith('…')
    if (expected !== undefined && (positionals.length === 0 || (isOne && positionals.length > 1))) {
      return printUsageError(
        `${command.words.join(' ')}: expected ${isOne ? 'one ' : ''}${expected}`,
        command,
      )
    }
    return createInvocation(command, typeof config === 'string' ? resolve(config) : '', {
      options,
      positionals,
    })
  } catch (error) {
    // The parser's advice after the first sentence is about positional arguments.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ', 1)
    return printUsageError(sentence, command)
  }
}

function createInvocation(
  command: Command | StandaloneCommand,
  configFile: string,
  args: CommandArguments,
): Invocation {
  return {
    configFile,
    command,
    async run(deps) {
      if (!command.stopsItself) deps.stopSignal.addEventListener('abort', () => process.exit(1))
      return command.standalone ? command.run(args, deps) : command.run({ ...args, config: configFile }, deps)
    },
  }
}

/** Says what is wrong in a sentence, and how the command is used. */
function printUsageError(problem: string, command?: Command | StandaloneCommand): 2 {
  const sentence = `${programName}: ${problem.replace(/\.$/, '')}.`
  const usage = command ? [`Usage: ${formatUsage(command)}`] : []
  process.stderr.write(`${[sentence, ...usage, `All commands: ${programName} --help`].join('\n')}\n`)
  return 2
}

function formatUsage({ words, usage }: Command | StandaloneCommand): string {
  return [programName, ...words, usage].join(' ').trimEnd()
}

function formatHelp(): string {
  const lines = commands.flatMap((command) => [
    '',
    `  ${formatUsage(command)}`,
    `      ${command.summary}`,
    ...Object.entries(command.options).map(
      ([key, { type, about }]) => `      --${key}${type === 'string' ? ' …' : ''}  ${about}`,
    ),
  ])
  return `${programName} ${version}: receives loan applications, stores them and delivers them.
${lines.join('\n')}

  -c, --config FILE   the relay's configuration (JSON)
  -h, --help          this text
  -v, --version       the version

Exit codes: 0 done, or stopped on request; 1 failed; 2 wrong arguments.
`
}
