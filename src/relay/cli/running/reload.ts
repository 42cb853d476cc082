import { array, object, safeParse, string } from 'valibot'
import { parseJson } from '../../../providers/core/json.ts'
import type { Command } from '../command.ts'
import { loadConfig } from '../read-config-file.ts'
import { createAdminClient } from './admin-client.ts'

const answerSchema = object({ changed: array(string()) })

/** Has the running relay read its configuration again. */
export const reloadCommand: Command = {
  words: ['reload'],
  usage: '--config FILE',
  summary:
    'has the running relay read its configuration again; exit code 1 if that is refused, and the relay goes on as before',
  options: {},

  async run({ config: file }, { fetch }) {
    // What cannot be used is reported here, without the running relay.
    const { config, candidate, readText } = await loadConfig(file)
    const adminClient = await createAdminClient(config, candidate, { env: process.env, readText }, fetch)
    const response = await adminClient('/admin/reload', { method: 'POST' })
    const answer = safeParse(answerSchema, parseJson(await response.text()))
    const changed = answer.success ? answer.output.changed : []
    process.stdout.write(`Reloaded; changed: ${changed.length > 0 ? changed.join(', ') : 'nothing'}\n`)
    return 0
  },
}
