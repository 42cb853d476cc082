import { is, strictObject, string, union } from 'valibot'

/** The relay's environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Where secrets come from. */
export interface SecretSources {
  readonly env: Environment
  /** Reads a file; paths are relative to the configuration's folder. */
  readonly readText: (path: string) => Promise<string>
}

const variableReferenceSchema = strictObject({ env: string() })
const fileReferenceSchema = strictObject({ file: string() })

/** How a configuration names a secret: by the environment variable or the file that holds it. */
export const secretReferenceSchema = union([variableReferenceSchema, fileReferenceSchema])

/** Options with their secrets filled in. */
export interface ResolvedSecrets {
  readonly options: Readonly<Record<string, unknown>>
  readonly problems: readonly string[]
}

/**
 * Replaces every `{ "env": "NAME" }` by the variable's value and every `{ "file": "PATH" }` by the file's content. A
 * literal value is refused for the options in `secretNames`: configurations are copied, mailed and committed. No problem
 * repeats a name or a path: it may be a secret that was entered by mistake.
 */
export async function resolveSecrets(
  candidate: Readonly<Record<string, unknown>>,
  sources: SecretSources,
  secretNames: readonly string[],
): Promise<ResolvedSecrets> {
  const options: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, value] of Object.entries(candidate)) {
    if (is(secretReferenceSchema, value)) {
      const resolved = await resolveReference(value, sources)
      if ('secret' in resolved) options[name] = resolved.secret
      else problems.push(`${name}: ${resolved.problem}`)
      continue
    }
    options[name] = value
    if (!secretNames.includes(name)) continue
    problems.push(
      `${name}: expected { "env": "NAME" } or { "file": "PATH" }, the environment variable or the file that holds this secret; a secret itself does not belong into a configuration`,
    )
  }
  return { options, problems }
}

/** Resolves the tokens of operators and of their monitoring; no options for those that are not configured. */
export async function resolveOperatorTokens(
  candidate: unknown,
  sources: SecretSources,
): Promise<ResolvedSecrets & { readonly remarks: readonly string[] }> {
  const configured: Readonly<Record<string, unknown>> = Object(candidate)
  const names = operatorTokens.flatMap((name) =>
    configured[name] === undefined ? [] : [[name, configured[name]]],
  )
  const { options, problems } = await resolveSecrets(Object.fromEntries(names), sources, operatorTokens)
  const tokens = Object.entries(options).flatMap(([name, token]) =>
    typeof token === 'string' && typeof configured[name] !== 'string' ? [{ name, token }] : [],
  )
  const { adminToken, metricsToken } = options
  return {
    options,
    problems,
    remarks: [
      ...tokens.flatMap(({ name, token }) =>
        sendableToken.test(token) ? [] : [`${name}: cannot be sent in a header: ${tokenHint}`],
      ),
      ...tokens.flatMap(({ name, token }) =>
        token.length < safeTokenLength
          ? [`${name}: has fewer than ${safeTokenLength} characters and can be guessed: ${tokenHint}`]
          : [],
      ),
      ...(typeof adminToken === 'string' && adminToken === metricsToken
        ? ['metricsToken: is the same as "adminToken", and who reads the metrics can use all of /admin']
        : []),
    ],
  }
}

/** What a header can carry. The console takes any token when somebody signs in. */
const sendableToken = /^[\u0021-\u007e]+$/
const safeTokenLength = 16
const tokenHint = '"openssl rand -hex 24" makes a token'

const operatorTokens = ['adminToken', 'metricsToken'] as const

type Reference = { readonly env: string } | { readonly file: string }
type Resolved = { readonly secret: string } | { readonly problem: string }

async function resolveReference(reference: Reference, { env, readText }: SecretSources): Promise<Resolved> {
  if ('env' in reference) {
    const secret = withoutFrame(env[reference.env] ?? '')
    return secret === '' ? { problem: 'the environment variable that it names is not set' } : { secret }
  }
  let text: string
  try {
    text = await readText(reference.file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return {
      problem: `the file that it names could not be read${code}; paths are relative to the configuration`,
    }
  }
  const secret = withoutFrame(text)
  return secret === '' ? { problem: 'the file that it names is empty' } : { secret }
}

/** Editors begin a file with a byte order mark and end it with a line break, which are no part of a secret. */
function withoutFrame(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/[\r\n]+$/, '')
}
