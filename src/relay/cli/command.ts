import type { Fetch } from '../../delivery/send-http.ts'

/** What a command takes from outside. */
export interface CommandDeps {
  /** The widget of this package, which is served if it is there. */
  readonly widgetUrl: URL
  /** Calls providers, and the running relay. */
  readonly fetch: Fetch
}

/** What was given to a command. */
export interface CommandArguments {
  /** The configuration's file, absolute. */
  readonly config: string
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  /** What stands behind the command without a name: files, as they were written. */
  readonly positionals: readonly string[]
}

/** One command; `--config`, `--help` and `--version` every one of them has. */
export interface Command {
  /** What it is called by: `places import`; nothing for running a relay. */
  readonly words: readonly string[]
  /** What stands behind its words. */
  readonly usage: string
  readonly summary: string
  /** Its own options. */
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly about: string }>>
  /** What may stand behind it without a name: `FILE…`, of which at least one has to; nothing unless given. */
  readonly positionals?: string
  /** Returns the exit code; what goes wrong is thrown. */
  run(line: CommandArguments, ports: CommandDeps): Promise<number>
}

/** A fault that the message explains to whoever typed the command. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
