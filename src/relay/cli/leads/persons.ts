import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Fetch } from '../../../delivery/send-http.ts'
import { isUuid } from '../../../lead/lead-identity.ts'
import { parseJson } from '../../../providers/core/json.ts'
import { renderReceipts } from '../../leads/privacy/consents/render-receipts.ts'
import { createEraser, type Person } from '../../leads/privacy/erasure.ts'
import { exportPerson, exportPersonReceipts } from '../../leads/privacy/export-person.ts'
import { loadPdfLibrary, pdfPackages } from '../../leads/privacy/signed/pdf-library.ts'
import { type Command, type CommandArguments, CommandError, UsageError } from '../command.ts'
import { loadConfig, type LoadedConfig } from '../read-config-file.ts'
import { withDatabase } from '../running/with-database.ts'
import { writeToFile } from '../running/write-to-file.ts'
import { filterOptions, readFilter } from './lead-commands.ts'
import { selectOne } from './select-one.ts'
import { withLeadRoutes } from './with-lead-routes.ts'
import { withLeads } from './with-leads.ts'

const personOptions = {
  phone: { type: 'string', about: "the person's phone" },
  email: { type: 'string', about: "the person's e-mail address" },
} as const

/** Erases a person, or one lead. */
export const leadsEraseCommand: Command = {
  words: ['leads', 'erase'],
  usage: '--config FILE (--phone NUMBER | --email ADDRESS | --id ID)',
  summary: 'erases all leads of a person, or one lead; only the proof of consent stays',
  options: { ...personOptions, id: { type: 'string', about: 'the id of one lead' } },

  async run({ config: file, options }, { fetch }) {
    const sought = selectOne('leads erase', options, {
      phone: '--phone NUMBER',
      email: '--email ADDRESS',
      id: '--id ID',
    })
    const id = sought.kind === 'id' ? sought.value.toLowerCase() : undefined
    if (id !== undefined && !isUuid(id)) throw new UsageError('leads erase: --id is not the id of a lead')
    const person = sought.kind === 'id' ? undefined : { kind: sought.kind, value: sought.value }
    const loaded = await loadConfig(file)
    const erased = await withDatabase(loaded, fetch, {
      direct: (database) =>
        withLeads(database, loaded.config.encryption, async (decrypted, encryption) => {
          const eraser = createEraser(decrypted, encryption)
          const now = new Date()
          const { ids } = person ? await eraser.erasePerson(person, now) : await eraser.erase([id ?? ''], now)
          if (ids.length > 0 && encryption.isOn) await eraser.destroyKeys()
          return ids.length
        }),
      async remote(adminClient) {
        const response = person
          ? await adminClient('/admin/erase', { method: 'POST', body: toBody(person) })
          : await adminClient(`/admin/leads/${id}`, { method: 'DELETE' })
        const { erased: count }: { readonly erased?: unknown } = Object(parseJson(await response.text()))
        return Number(count)
      },
    })
    process.stdout.write(
      erased === 0
        ? 'Nothing was found, and nothing was erased.\n'
        : `Erased: ${erased} ${erased === 1 ? 'lead' : 'leads'}. Older backups and archives: see docs/privacy.md.\n`,
    )
    return 0
  },
}

/** Writes everything that is stored about a person to a file, or a list of leads. */
export const leadsExportCommand: Command = {
  words: ['leads', 'export'],
  usage:
    '--config FILE (--phone NUMBER | --email ADDRESS) [--as pdf] FILE | [filters] FILE.csv | FILE.ndjson',
  summary:
    'writes everything that is stored about a person to a new file, as JSON, or the receipts of consents as PDF; or all leads, as CSV or as lines of JSON',
  options: {
    ...personOptions,
    as: {
      type: 'string',
      about: '"pdf" writes the receipts of consents alone, for people; "json" unless given',
    },
    ...filterOptions,
  },
  positionals: 'FILE',

  async run({ config, options, positionals: [name = ''] }, deps) {
    const { fetch } = deps
    const target = resolve(name)
    const extension = /\.(csv|ndjson)$/.exec(name)?.[1]
    const filter = readFilter('leads export', options)
    const { as } = options
    const isList = extension !== undefined && options['phone'] === undefined && options['email'] === undefined
    if (isList && as !== undefined)
      throw new UsageError('leads export: --as is for the data of a person, chosen by --phone or --email')
    const person = isList ? undefined : readPerson('leads export', options)
    if (person && Object.keys(filter).length > 0)
      throw new UsageError(
        `leads export: a person is exported whole, and --${Object.keys(filter).join(', --')} is for a list of leads`,
      )
    if (as !== undefined && as !== 'json' && as !== 'pdf')
      throw new UsageError('leads export: --as is either json or pdf')
    if (existsSync(target)) throw new CommandError(`${target} exists already: name another file.`)
    if (!person) {
      const query = new URLSearchParams(filter)
      await withLeadRoutes(config, deps, async (client) => {
        const { body } = await client(`/admin/leads.${extension}?${query}`)
        await writeToFile(target, () => writeFile(target, body ?? '', newFile))
      })
      process.stdout.write(`Done: ${target} holds these leads. It has personal data in clear.\n`)
      return 0
    }
    const loaded = await loadConfig(config)
    if (as === 'pdf') {
      const pdf = await exportReceiptsPdf(loaded, person, fetch)
      await writeToFile(target, () => writeFile(target, pdf, newFile))
      process.stdout.write(`Done: ${target} holds the receipts of this person's consents.\n`)
      return 0
    }
    const content = await withDatabase(loaded, fetch, {
      direct: (database) =>
        withLeads(database, loaded.config.encryption, (decrypted, { contacts }) =>
          exportPerson(decrypted, contacts, person, new Date()),
        ),
      async remote(adminClient) {
        const response = await adminClient('/admin/export', { method: 'POST', body: toBody(person) })
        return parseJson(await response.text())
      },
    })
    await writeToFile(target, () => writeFile(target, `${JSON.stringify(content, null, 2)}\n`, newFile))
    process.stdout.write(`Done: ${target} holds everything that is stored about this person.\n`)
    return 0
  },
}

/** A file that only this user can read, and that was not there. */
const newFile = { mode: 0o600, flag: 'wx' } as const

function exportReceiptsPdf(loaded: LoadedConfig, person: Person, fetch: Fetch): Promise<Uint8Array> {
  return withDatabase<Uint8Array>(loaded, fetch, {
    async direct(database) {
      const library = await loadPdfLibrary()
      if (!library)
        throw new CommandError(
          `leads export: a PDF needs packages that are not installed: npm install ${pdfPackages}`,
        )
      return withLeads(database, loaded.config.encryption, async (decrypted, { contacts }) => {
        const receipts = await exportPersonReceipts(decrypted, contacts, person)
        return renderReceipts(library, { person, receipts, madeAt: new Date() })
      })
    },
    async remote(adminClient) {
      const body = JSON.stringify({ [person.kind]: person.value, as: 'pdf' })
      const response = await adminClient('/admin/export', { method: 'POST', body })
      return new Uint8Array(await response.arrayBuffer())
    },
  })
}

function readPerson(command: string, options: CommandArguments['options']): Person {
  return selectOne(command, options, { phone: '--phone NUMBER', email: '--email ADDRESS' })
}

function toBody({ kind, value }: Person): string {
  return JSON.stringify({ [kind]: value })
}
