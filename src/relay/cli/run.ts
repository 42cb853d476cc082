import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, type CommandArguments, type CommandDeps, type StandaloneCommand } from './command.ts'
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
    process.stderr.write(`${formatError(error, invocation.configFile)}\n`)
    return 1
  }
}

interface Invocation {
  /** The configuration's file, for messages. */
  readonly configFile: string
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
    const { config, help, version: showVersion, ...options } = values
    if (help || showVersion) {
      process.stdout.write(help ? formatHelp() : `${version}\n`)
      return 0
    }
    if (!command.standalone && typeof config !== 'string') {
      return printUsageError('the configuration is missing: add --config FILE')
    }
    if (command.positionals !== undefined && positionals.length === 0) {
      return printUsageError(`${command.words.join(' ')}: expected ${command.positionals}`)
    }
    return createInvocation(command, typeof config === 'string' ? resolve(config) : '', {
      options,
      positionals,
    })
  } catch (error) {
    return printUsageError(error instanceof Error ? error.message : String(error))
  }
}

function createInvocation(
  command: Command | StandaloneCommand,
  configFile: string,
  args: CommandArguments,
): Invocation {
  return {
    configFile,
    async run(deps) {
      if (!command.stopsItself) deps.stopSignal.addEventListener('abort', () => process.exit(1))
      return command.standalone ? command.run(args, deps) : command.run({ ...args, config: configFile }, deps)
    },
  }
}

function printUsageError(problem: string): 2 {
  process.stderr.write(`${programName}: ${problem}\n\n${formatHelp()}`)
  return 2
}

function formatHelp(): string {
  const lines = commands.flatMap(({ words, usage, summary, options }) => [
    '',
    `  ${[programName, ...words, usage].join(' ').trimEnd()}`,
    `      ${summary}`,
    ...Object.entries(options).map(
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
