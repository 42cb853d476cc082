import type { Fetch } from '../../delivery/send-http.ts'

/** What commands depend on. */
export interface CommandDeps {
  /** The widget of this package, which is served if the file exists. */
  readonly widgetUrl: URL
  /** Calls providers and the running relay. */
  readonly fetch: Fetch
  /** Aborted when the process gets a signal to stop. */
  readonly stopSignal: AbortSignal
}

/** The arguments of a command. */
export interface CommandArguments {
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  /** The arguments without a name, as they were written. */
  readonly positionals: readonly string[]
}

interface CommandBase {
  /** The words of the command: `places import`; none for running a relay. */
  readonly words: readonly string[]
  /** The arguments after the words, for the help. */
  readonly usage: string
  readonly summary: string
  /** The command's own options. */
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly about: string }>>
  /** Describes the one argument without a name, or with `…` one or more of them: `FILE…`. Without it there are none. */
  readonly positionals?: string
  /** Whether the command ends by itself after `stopSignal`. Any other is ended immediately, with exit code 1. */
  readonly stopsItself?: true
}

/** A command that works on a configuration. Every command also has `--help` and `--version`. */
export interface Command extends CommandBase {
  readonly standalone?: false
  /** `config` is the absolute path of the configuration's file. Returns the exit code; rejects on failure. */
  run(args: CommandArguments & { readonly config: string }, deps: CommandDeps): Promise<number>
}

/** A command that needs no configuration. */
export interface StandaloneCommand extends CommandBase {
  readonly standalone: true
  /** Returns the exit code; rejects on failure. */
  run(args: CommandArguments, deps: CommandDeps): Promise<number>
}

/** A failure whose message is meant for the person who ran the command. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
}

/** Arguments that the command cannot be run with. Nothing was done. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'
}
