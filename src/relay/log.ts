import { pino, stdTimeFunctions } from 'pino'
import { parseJson } from '../providers/core/json.ts'

/** The severity of a line. An operator should act on an `error`. */
export type LogLevel = 'info' | 'warning' | 'error'

/** Facts of a line. They hold no personal data and no credential. */
export type LogFacts = Readonly<Record<string, string | number | boolean>>

/** Writes a line to the relay's log. */
export type Log = (level: LogLevel, text: string, facts?: LogFacts) => void

/** The format of a log: a line of text for people, or a line of JSON for programs. */
export type LogFormat = 'text' | 'json'

/**
 * Creates a log whose lines go to `write`, each with its line break. `json`: `{"level","time","msg"}` and the facts.
 * `text`: the same as `time level msg name=value …`.
 */
export function createLog(format: LogFormat, write: (line: string) => void): Log {
  const logger = pino(
    {
      base: null,
      customLevels: { info: 30, warning: 40, error: 50 },
      useOnlyCustomLevels: true,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    { write: (line) => write(format === 'json' ? line : formatLine(line)) },
  )
  return (level, text, facts = {}) => logger[level](facts, text)
}

function formatLine(json: string): string {
  const { level, time, msg, ...facts }: Readonly<Record<string, unknown>> = Object(parseJson(json))
  const details = Object.entries(facts).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
  return `${String(time)} ${String(level).padEnd(7)} ${String(msg)}${details.join('')}\n`
}

/**
 * Describes an error without its message: messages of databases and parsers quote the value that they failed on, which
 * may be personal data.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  const frame = /^\s+at .*$/m.exec(error.stack ?? '')?.[0].trim() ?? ''
  return `${error.name}${code} ${frame}`.trim()
}
