import {
  array,
  boolean,
  check,
  type GenericSchema,
  type InferOutput,
  minLength,
  number,
  optional,
  picklist,
  pipe,
  regex,
  safeInteger,
  safeParse,
  strictObject,
  string,
  transform,
  union,
} from 'valibot'
import { formatIssues } from '../../form/format-issues.ts'
import { isStandardSecret } from '../../providers/webhook/config.ts'
import { hashKey } from '../runtime/hash.ts'
import type { MessageReceiver, Subscription } from '../messages/receiver.ts'
import { createEmailReceiver, loadMailer } from '../messages/receivers/email.ts'
import {
  clickIdNames,
  createPostbackReceiver,
  isPostbackMacro,
  macroPattern,
  postbackMacros,
} from '../messages/receivers/postback.ts'
import { createTelegramReceiver } from '../messages/receivers/telegram.ts'
import { createWebhookReceiver } from '../messages/receivers/webhook.ts'
import { statusEvents } from '../messages/status-events.ts'
import { destinationIdSchema, findBaseUrlProblems, findUrlProblems } from './destination-config.ts'
import { prefixPath } from './problems.ts'
import { resolveSecrets, type SecretSources } from './secrets.ts'

/** The receivers of messages, or all their problems. No problem repeats a configured value. */
export type ReceiversResult =
  | { readonly receivers: readonly MessageReceiver[] }
  | { readonly problems: readonly string[] }

const expectedEvents = `one of ${statusEvents.join(', ')}`
const expectedMailbox = 'a mailbox, "leads@example.ru" or "Заявки <leads@example.ru>"'
const expectedSmtp = 'the address of a mail server, "smtps://USER:PASSWORD@HOST"'
const expectedChat = 'the id of a chat, -1001234567890, or the name of a channel, "@example"'

const eventsSchema = pipe(
  array(picklist(statusEvents, expectedEvents), 'a list of events'),
  minLength(1, `a list of events: ${statusEvents.join(', ')}`),
)
const addressSchema = pipe(string(), regex(/^[Hh][Tt][Tt][Pp][Ss]?:\/\/./, 'an address, https://…'))
const mailboxSchema = pipe(string(), regex(/^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/, expectedMailbox))

/** A chat of Telegram in a configuration. */
export const telegramSchema = strictObject({
  token: pipe(string(), regex(/^\d+:[\w-]{20,}$/, 'the token of a bot, as BotFather gives it')),
  chat: pipe(
    union(
      [
        pipe(string(), regex(/^(?:-?\d+|@\w+)$/, expectedChat)),
        pipe(number(expectedChat), safeInteger(expectedChat)),
      ],
      expectedChat,
    ),
    transform(String),
  ),
  baseUrl: optional(addressSchema, 'https://api.telegram.org'),
})

/** Mailboxes in a configuration. */
export const emailSchema = strictObject({
  smtp: pipe(
    string(),
    regex(/^smtps?:\/\/./, expectedSmtp),
    check((url) => URL.canParse(url) && new URL(url).hostname !== '', expectedSmtp),
  ),
  from: mailboxSchema,
  to: pipe(array(mailboxSchema, 'a list of mailboxes'), minLength(1, 'a list of mailboxes')),
  allowPrivate: optional(boolean(), false),
})

/** A signed address in a configuration. */
export const notificationHookSchema = strictObject({
  url: addressSchema,
  secret: pipe(
    string(),
    check(
      isStandardSecret,
      'a secret of the Standard Webhooks scheme: "whsec_" and 24 to 64 bytes in base64',
    ),
  ),
  allowPrivate: optional(boolean(), false),
})

/** A receiver of notifications in a configuration, with its secrets filled in. */
export const notifySchema = strictObject({
  on: eventsSchema,
  name: optional(destinationIdSchema),
  personal: optional(boolean(), false),
  allowPrivate: optional(boolean(), false),
  telegram: optional(telegramSchema),
  email: optional(emailSchema),
  webhook: optional(notificationHookSchema),
})

/** A postback in a configuration, with its secrets filled in. */
export const postbackSchema = strictObject({
  on: eventsSchema,
  name: optional(destinationIdSchema),
  url: addressSchema,
  repeat: optional(boolean(), false),
  allowPrivate: optional(boolean(), false),
})

/** The options that hold secrets, by the option that has them. */
const secretNames: Readonly<Record<string, readonly string[]>> = {
  telegram: ['token'],
  email: ['smtp'],
  webhook: ['secret'],
}

/** Parses the receivers of notifications and postbacks. */
export async function parseReceivers(
  { notify, postbacks }: { readonly notify: readonly unknown[]; readonly postbacks: readonly unknown[] },
  sources: SecretSources,
): Promise<ReceiversResult> {
  const problems: string[] = []
  const receivers: MessageReceiver[] = []
  const entries = [
    ...notify.map((entry, index) => ({ path: `notify.${index}`, entry, parse: parseNotify })),
    ...postbacks.map((entry, index) => ({ path: `postbacks.${index}`, entry, parse: parsePostback })),
  ]
  for (const { path, entry, parse } of entries) {
    const result = await parse(entry, sources)
    if ('problems' in result) problems.push(...prefixPath(path, result.problems))
    else if (receivers.some(({ key }) => key === result.receiver.key)) {
      problems.push(`${path}: another entry has the same receiver or name: give this one a "name" of its own`)
    } else receivers.push(result.receiver)
  }
  return problems.length > 0 ? { problems } : { receivers }
}

type ReceiverResult = { readonly receiver: MessageReceiver } | { readonly problems: readonly string[] }

async function parseNotify(candidate: unknown, sources: SecretSources): Promise<ReceiverResult> {
  const options: Record<string, unknown> = { ...Object(candidate) }
  const problems: string[] = []
  for (const [name, names] of Object.entries(secretNames)) {
    const own = options[name]
    if (typeof own !== 'object' || own === null) continue
    const resolved = await resolveSecrets({ ...own }, sources, names)
    problems.push(...prefixPath(name, resolved.problems))
    options[name] = resolved.options
  }
  const parsed = parseEntry(notifySchema, options, problems)
  if ('problems' in parsed) return parsed
  const { on, name, personal, telegram, email, webhook, ...entry } = parsed.output
  const channels = [telegram, email, webhook].filter((channel) => channel !== undefined)
  if (channels.length !== 1) return { problems: ['expected one of "telegram", "email" and "webhook"'] }
  const subscribe = (channel: string, identity: string): Subscription => ({
    key: name ?? `${channel}-${hashKey(identity).slice(0, 8)}`,
    kind: 'notification',
    on: new Set(on),
  })
  if (telegram) {
    const found = [
      ...(personal
        ? [
            'personal: Telegram is abroad, so it gets no personal data: leave this out, or use "email" or "webhook"',
          ]
        : []),
      ...prefixPath('telegram', findBaseUrlProblems(telegram)),
    ]
    return found.length > 0
      ? { problems: found }
      : { receiver: createTelegramReceiver(subscribe('telegram', telegram.chat), telegram) }
  }
  if (email) {
    const mailer = await loadMailer()
    if (!mailer) {
      return { problems: ['email: the package nodemailer is not installed here: npm install nodemailer'] }
    }
    const allowPrivate = email.allowPrivate || entry.allowPrivate
    const subscription = subscribe('email', email.to.join())
    return {
      receiver: createEmailReceiver(subscription, { ...email, allowPrivate, isPersonal: personal }, mailer),
    }
  }
  if (!webhook) return { problems: [] }
  const allowPrivate = webhook.allowPrivate || entry.allowPrivate
  const found = findUrlProblems({ url: webhook.url, allowPrivate })
  return found.length > 0
    ? { problems: prefixPath('webhook', found) }
    : {
        receiver: createWebhookReceiver(subscribe('webhook', webhook.url), {
          ...webhook,
          allowPrivate,
          isPersonal: personal,
        }),
      }
}

async function parsePostback(candidate: unknown, sources: SecretSources): Promise<ReceiverResult> {
  const resolved = await resolveSecrets({ ...Object(candidate) }, sources, [])
  const parsed = parseEntry(postbackSchema, resolved.options, resolved.problems)
  if ('problems' in parsed) return parsed
  const { on, name, url, allowPrivate, repeat } = parsed.output
  const found = [
    ...findMacroProblems(url),
    ...findUrlProblems({ url: url.replace(macroPattern, 'x'), allowPrivate }),
  ]
  if (found.length > 0) return { problems: found }
  const key = name ?? `postback-${hashKey(url).slice(0, 8)}`
  return {
    receiver: createPostbackReceiver(
      { key, kind: 'postback', on: new Set(on) },
      { url, repeat, allowPrivate },
    ),
  }
}

function findMacroProblems(url: string): readonly string[] {
  if (!URL.canParse(url.replace(macroPattern, 'x'))) return ['url: expected an address, https://…']
  if (/^[^/]*\/\/[^/?#]*[{}]/.test(url)) return ['url: a macro cannot be in the name of the host']
  const names = [...url.matchAll(macroPattern)].map(([, name = '']) => name)
  return names.every(isPostbackMacro)
    ? []
    : [
        `url: expected only the macros ${postbackMacros.map((name) => `{${name}}`).join(', ')} and attribution parameters, such as {utm_source} or {${clickIdNames[1]}}`,
      ]
}

/** Checks an entry whose secrets have been filled in. A secret that is missing has been reported already. */
function parseEntry<Schema extends GenericSchema>(
  schema: Schema,
  options: unknown,
  secretProblems: readonly string[],
): { readonly output: InferOutput<Schema> } | { readonly problems: readonly string[] } {
  const result = safeParse(schema, options)
  if (result.success && secretProblems.length === 0) return { output: result.output }
  const reported = new Set(secretProblems.map((problem) => problem.split(':')[0]))
  const own = result.success ? [] : formatIssues(schema, result.issues)
  return {
    problems: [...secretProblems, ...own.filter((problem) => !reported.has(problem.split(':')[0]))],
  }
}
