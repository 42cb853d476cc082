/** How much a line matters: `error` is for what an operator should act on. */
export type LogLevel = 'info' | 'warning' | 'error'

/** Plain facts beside a line; nothing personal, no credential. */
export type LogFacts = Readonly<Record<string, string | number | boolean>>

/** Where the relay writes what it does. */
export type Log = (level: LogLevel, text: string, facts?: LogFacts) => void

/**
 * Names a fault without its message: messages of databases and parsers quote what they could not take, and that may
 * be a person's data.
 */
export function describeError(fault: unknown): string {
  if (!(fault instanceof Error)) return `a thrown ${typeof fault}`
  const code = 'code' in fault && typeof fault.code === 'string' ? ` ${fault.code}` : ''
  const frame = /^\s+at .*$/m.exec(fault.stack ?? '')?.[0].trim() ?? ''
  return `${fault.name}${code} ${frame}`.trim()
}
