import { type Attribution, sanitizeParameter } from '../../../lead/attribution.ts'

/** More parameters than any advertising system sends. */
const maxParameters = 40

/**
 * Sanitizes posted attribution parameters: keeps short texts only, at most {@link maxParameters} of them. The parameters
 * of the first visit are in `first`. A parameter that looks like personal data is dropped, because parameters are shown
 * to operators and exported.
 */
export function sanitizeAttribution(candidate: Readonly<Record<string, unknown>>): Attribution {
  const parameters = sanitizeParameters(candidate)
  const first = sanitizeParameters(Object(candidate['first']))
  return Object.keys(first).length > 0 ? { ...parameters, first } : parameters
}

function sanitizeParameters(candidate: Readonly<Record<string, unknown>>): Record<string, string> {
  const parameters: [string, string][] = []
  for (const [name, value] of Object.entries(candidate)) {
    if (typeof value !== 'string' || !/^[\w.-]{1,64}$/.test(name)) continue
    const text = sanitizeParameter(
      name,
      (name === 'referrer' ? value.replace(/[?#].*$/s, '') : value).toWellFormed(),
    )
    if (text === '') continue
    parameters.push([name, text])
    if (parameters.length === maxParameters) break
  }
  return Object.fromEntries(parameters)
}
