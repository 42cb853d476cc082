import { useConsole } from '../console-context.ts'
import type { AuditEntry } from '../../relay/http/admin/lead-answers.ts'

/** Who did what, without the time. */
export function AuditLine({ entry }: { readonly entry: AuditEntry }) {
  const { texts } = useConsole()
  return (
    <>
      <strong>{entry.user}</strong>: {describeAction(entry, texts.value.auditActions)}
    </>
  )
}

/** What was done, with what it was done to. */
export function describeAction(
  { action, details = {}, count }: AuditEntry,
  actions: Readonly<Record<string, string>>,
): string {
  const facts = Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`)
  const all = count === undefined ? facts : [...facts, `× ${count}`]
  const name = actions[action] ?? action
  return all.length > 0 ? `${name} (${all.join(', ')})` : name
}
