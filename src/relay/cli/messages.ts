import { array, number, object, parse, picklist, string } from 'valibot'
import { isUuid } from '../../lead/lead-identity.ts'
import { createGivenUpMessages, maxListedMessages } from '../messages/given-up-messages.ts'
import { statusEvents } from '../messages/status-events.ts'
import { type Command, UsageError } from './command.ts'
import { withLeads } from './leads/with-leads.ts'
import { loadConfig } from './read-config-file.ts'
import { withDatabase } from './running/with-database.ts'

const listSchema = object({
  messages: array(
    object({
      id: string(),
      receiver: string(),
      lead: string(),
      number: string(),
      event: picklist(statusEvents),
      state: picklist(['failed', 'uncertain']),
      reason: string(),
      createdAt: string(),
      endedAt: string(),
    }),
  ),
})

const retrySchema = object({ retried: number(), unknownReceivers: array(string()) })

/** Prints the messages that are not sent again by themselves. */
export const messagesListCommand: Command = {
  words: ['messages', 'list'],
  usage: '--config FILE',
  summary: `prints the notifications and postbacks that were given up or are uncertain, the newest first, ${maxListedMessages} at most`,
  options: {},

  async run({ config: file }, { fetch }) {
    const loaded = await loadConfig(file)
    const { encryption, receivers } = loaded.config
    const messages = await withDatabase(loaded, fetch, {
      direct: (database) =>
        withLeads(database, encryption, (decrypted) => createGivenUpMessages(decrypted, receivers).list()),
      async remote(adminClient) {
        const response = await adminClient('/admin/messages')
        return parse(listSchema, await response.json()).messages
      },
    })
    for (const { id, endedAt, receiver, number: lead, event, state, reason } of messages)
      process.stdout.write(`${[id, endedAt, receiver, lead, event, state, reason].join('\t')}\n`)
    process.stderr.write(
      `${messages.length} messages\t(id, moment, receiver, lead, event, state, reason; "messages retry" sends failed ones again, and with --uncertain also those that may have arrived)\n`,
    )
    return 0
  },
}

/** Sends messages again that were given up, and uncertain ones where that is asked for. */
export const messagesRetryCommand: Command = {
  words: ['messages', 'retry'],
  usage: '--config FILE (--receiver NAME | --id ID | --all) [--uncertain]',
  summary: 'sends notifications and postbacks again that were given up',
  options: {
    receiver: { type: 'string', about: 'those of this receiver' },
    id: { type: 'string', about: 'this one, as "messages list" prints it, also if it is uncertain' },
    all: { type: 'boolean', about: 'those of all receivers' },
    uncertain: { type: 'boolean', about: 'uncertain ones, too: a tracker may count them twice' },
  },

  async run({ config: file, options }, { fetch }) {
    const { id, receiver, all, uncertain } = options
    if ([id, receiver, all].filter((each) => each !== undefined).length !== 1)
      throw new UsageError('messages retry: expected exactly one of --receiver NAME, --id ID and --all')
    if (typeof id === 'string' && !isUuid(id))
      throw new UsageError('messages retry: --id is not the id of a message')
    const selection = {
      ...(typeof id === 'string' ? { id } : {}),
      ...(typeof receiver === 'string' ? { receiver } : {}),
      ...(uncertain === true ? { uncertain } : {}),
    }
    const loaded = await loadConfig(file)
    const { encryption, receivers } = loaded.config
    const { retried, unknownReceivers } = await withDatabase(loaded, fetch, {
      direct: (database) =>
        withLeads(database, encryption, (decrypted) =>
          createGivenUpMessages(decrypted, receivers).retry(selection, new Date()),
        ),
      async remote(adminClient) {
        const body = JSON.stringify({ ...selection, ...(all === true ? { all } : {}) })
        const response = await adminClient('/admin/messages/retry', { method: 'POST', body })
        return parse(retrySchema, await response.json())
      },
    })
    process.stdout.write(
      retried === 0
        ? 'Nothing was found that could be sent again.\n'
        : `Queued to be sent again: ${retried} ${retried === 1 ? 'message' : 'messages'}.\n`,
    )
    for (const name of unknownReceivers)
      process.stderr.write(`The configuration has no receiver "${name}": its messages stay as they are.\n`)
    return 0
  },
}
